"""Certificates: verified against the name, though the connection goes to an address."""

import shutil
import ssl
import subprocess

import pytest
from fetch_server import Site, fetch, page, send_names_here
from load_helpers import told

EXTENSION = "subjectAltName=DNS:post.example"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Make a certificate of our own for post.example."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl, which makes the certificate, is not on this machine")
    folder = tmp_path_factory.mktemp("tls")
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=post.example"
    files = ["-keyout", folder / "key.pem", "-out", folder / "cert.pem"]
    subprocess.run([*command.split(), "-addext", EXTENSION, *files],
                   check=True, capture_output=True)  # fmt: skip
    return folder


@pytest.fixture
def site(certificate, monkeypatch):
    """Run a site under https, to which all names of ours lead."""
    site = Site()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    site.names = []
    context.sni_callback = lambda _, name, __: site.names.append(name)
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    site.add("/1", page(1))
    send_names_here(monkeypatch)
    yield site
    site.close()


def test_a_certificate_that_is_trusted_is_accepted(
    site, certificate, tmp_path, monkeypatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    assert len(fetch([f"https://post.example:{site.port}/1"], tmp_path)) == 1
    assert set(site.names) == {"post.example"}
    hosts = {headers["Host"] for *_, headers in site.asked}
    assert hosts == {f"post.example:{site.port}"}


@pytest.mark.parametrize(
    ("trusted", "host", "reason"),
    [(True, "other.example", "mismatch"), (False, "post.example", "self-signed")],
)
def test_any_other_is_refused(
    trusted, host, reason, site, certificate, tmp_path, monkeypatch
):
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    articles = fetch([f"https://{host}:{site.port}/1"], tmp_path)
    assert not len(articles)
    (what,) = (what for what in told(articles) if what.startswith("failed"))
    assert "its certificate is not valid" in what
    assert reason in what.replace("self signed", "self-signed")
    assert site.asked == []


def test_a_site_without_https_is_a_failure(tmp_path):
    site = Site()
    try:
        articles = fetch([f"https://127.0.0.1:{site.port}/1"], tmp_path, retries=0)
    finally:
        site.close()
    assert not len(articles)
