"""The driver itself: JupyterLab opens, widgets answer keys, the network is watched."""

CELLS = [
    """
import anywidget, traitlets

class Counter(anywidget.AnyWidget):
    _esm = '''
    export default { render({ model, el }) {
      const button = document.createElement("button");
      const draw = () => { button.textContent = `pressed ${model.get("n")}`; };
      button.className = "probe";
      button.onclick = () => {
        model.set("n", model.get("n") + 1); model.save_changes();
      };
      model.on("change:n", draw); draw(); el.append(button);
    } };
    '''
    n = traitlets.Int(0).tag(sync=True)

counter = Counter()
counter
""",
    "print('kernel saw', counter.n)",
]


def test_a_widget_answers_the_keyboard_and_nothing_leaves_the_machine(lab):
    from chrome import until
    from lab import output, run_cell

    tab = lab.open("probe", CELLS)
    tab.wait("document.querySelector('button.probe')")
    tab.ask("document.querySelector('button.probe').focus()")
    assert tab.focused()["role"] == "button"
    tab.press("Enter", " ")
    tab.wait("document.querySelector('button.probe').textContent === 'pressed 2'")

    def seen():  # the second press waits until the kernel has done with the first
        run_cell(tab, 1)
        return output(tab, 1).strip() == "kernel saw 2"

    until(seen, 20, "the kernel did not see both presses")
    assert tab.errors == tab.external == tab.dialogs == []


def test_the_driver_sees_what_it_watches_for(lab):
    tab = lab.browser.page()
    tab.go("data:text/html,<title>x</title><p>there")
    tab.wait("document.title === 'x'")
    tab.ask("setTimeout(() => { alert('heard'); missing(); }); 1")
    tab.wait("1")
    tab.ask("new Promise(done => setTimeout(() => done(1), 100))")
    tab.ask("fetch('http://192.0.2.1/x').catch(() => 1), 1")
    assert tab.dialogs == ["heard"]
    assert "missing" in tab.errors[0]
    assert tab.external == ["http://192.0.2.1/x"]
