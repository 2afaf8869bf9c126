"""A chromium without a window, driven over its DevTools socket.

It needs no driver program and no package beyond those of JupyterLab. What the page
asked of the network, the errors it met and the dialogs it opened are kept in lists.
"""

import base64
import json
import shutil
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

import websocket

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--remote-debugging-port=0",
    "--window-size=1280,1000",
)
KEYS = {
    "Enter": 13,
    "Tab": 9,
    "Escape": 27,
    "Backspace": 8,
    "Delete": 46,
    "PageUp": 33,
    "PageDown": 34,
    "End": 35,
    "Home": 36,
    "ArrowLeft": 37,
    "ArrowUp": 38,
    "ArrowRight": 39,
    "ArrowDown": 40,
    " ": 32,
}
TEXT = {"Enter": "\r", " ": " "}
MODIFIERS = {"Alt": 1, "Control": 2, "Meta": 4, "Shift": 8}
OWN = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:")
STARTS = 60


def executable() -> str | None:
    """Return the path of a chromium, or None."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


class Browser:
    """A running chromium with a profile of its own; `page` opens a tab."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.process = subprocess.Popen(
            [executable(), *QUIET, f"--user-data-dir={self.folder.name}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        said = Path(self.folder.name) / "DevToolsActivePort"
        until(lambda: said.is_file() and said.read_text().count("\n"), STARTS)
        self.address = f"http://127.0.0.1:{said.read_text().split()[0]}"
        self.pages = []

    def page(self) -> "Tab":
        asked = urllib.request.Request(f"{self.address}/json/new", method="PUT")
        with urllib.request.urlopen(asked, timeout=STARTS) as answer:
            target = json.load(answer)
        self.pages.append(Tab(target["webSocketDebuggerUrl"]))
        return self.pages[-1]

    def close(self) -> None:
        for page in self.pages:
            page.socket.close()
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.folder.cleanup()


class Tab:
    """One page: goes somewhere, presses keys, asks the page, takes its picture."""

    def __init__(self, address: str):
        self.socket = websocket.create_connection(
            address, timeout=STARTS, suppress_origin=True
        )
        self.sent = 0
        self.requests, self.errors, self.dialogs = [], [], []
        for domain in ("Page", "Network", "Runtime", "Accessibility"):
            self.send(f"{domain}.enable")
        self.send("Page.bringToFront")
        self.send("Emulation.setFocusEmulationEnabled", enabled=True)

    @property
    def external(self) -> list[str]:
        """What the page asked of any other machine."""
        return [url for url in self.requests if not url.startswith(OWN)]

    def send(self, method: str, **params):
        """Send a command of the DevTools protocol; return its answer."""
        self.sent += 1
        number = self.sent
        self._write(number, method, params)
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == number:
                assert "error" not in message, (method, message["error"])
                return message["result"]
            self._note(message)

    def _write(self, number: int, method: str, params: dict) -> None:
        said = {"id": number, "method": method, "params": params}
        self.socket.send(json.dumps(said))

    def _note(self, message: dict) -> None:
        kind, params = message.get("method"), message.get("params", {})
        if kind == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])
        elif kind == "Network.webSocketCreated":
            self.requests.append(params["url"])
        elif kind == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            error = details.get("exception", {}).get("description")
            self.errors.append(error or details["text"])
        elif kind == "Page.javascriptDialogOpening":
            self.dialogs.append(params["message"])
            self.sent += 1
            self._write(self.sent, "Page.handleJavaScriptDialog", {"accept": True})

    def go(self, url: str) -> None:
        self.send("Page.navigate", url=url)

    def ask(self, expression: str):
        """Return what a JavaScript expression gives, promises awaited."""
        answer = self.send(
            "Runtime.evaluate",
            expression=expression,
            awaitPromise=True,
            returnByValue=True,
            userGesture=True,
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def wait(self, expression: str, seconds: float = 30) -> None:
        """Wait until a JavaScript expression is true."""
        said = f"still not so after {seconds} s: {expression}\nerrors: {self.errors}"
        until(lambda: self.ask(f"!!({expression})"), seconds, said)

    def text(self, selector: str) -> str:
        """Return the text of the first element; "" where there is none."""
        found = f"document.querySelector({json.dumps(selector)})"
        return self.ask(f"{found}?.innerText ?? ''")

    def press(self, *keys: str) -> None:
        """Press keys one after the other: "Tab", "c", "Shift+Tab"."""
        for one in keys:
            *held, key = one.split("+") if len(one) > 1 else [one]
            shown = TEXT.get(key, key if len(key) == 1 else "")
            event = {
                "key": key,
                "code": f"Key{key.upper()}" if key.isalpha() and len(key) == 1 else key,
                "windowsVirtualKeyCode": KEYS.get(key, ord(key[0].upper())),
                "modifiers": sum(MODIFIERS[name] for name in held),
            }
            down = {"type": "keyDown" if shown else "rawKeyDown", **event}
            if shown and not set(held) & {"Control", "Alt", "Meta"}:
                down["text"] = shown
            self.send("Input.dispatchKeyEvent", **down)
            self.send("Input.dispatchKeyEvent", type="keyUp", **event)

    def type(self, text: str) -> None:
        """Write text where the focus is, as if it were typed or pasted."""
        self.send("Input.insertText", text=text)

    def focused(self) -> dict:
        """Return role and name of what has the focus, as a screen reader gets them."""
        found = self.send("Runtime.evaluate", expression="document.activeElement")
        held = found["result"]["objectId"]
        answer = self.send(
            "Accessibility.getPartialAXTree", objectId=held, fetchRelatives=False
        )
        return _said(answer["nodes"][0])

    def spoken(self) -> list[dict]:
        """Return role and name of all that a screen reader meets, in its order."""
        nodes = self.send("Accessibility.getFullAXTree")["nodes"]
        return [_said(node) for node in nodes if not node.get("ignored")]

    def picture(self, path: Path | str) -> None:
        """Write a PNG of what the window shows."""
        data = self.send("Page.captureScreenshot", format="png")["data"]
        Path(path).write_bytes(base64.b64decode(data))


def _said(node: dict) -> dict:
    said = {key: node.get(key, {}).get("value", "") for key in ("role", "name")}
    for one in node.get("properties", []):
        said[one["name"]] = one["value"].get("value")
    return said


def until(condition, seconds: float, said: str = "it did not start"):
    """Return what `condition` gives once that is true, or fail with what is said."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.02)
    raise AssertionError(said)
