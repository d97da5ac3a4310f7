"""Debian's nginx as a child process on loopback, with the generated configuration unchanged."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from proceedings.conference import products
from proceedings.site import server_config

NAME = "localhost"
USER, PASSWORD = "dai-bieu", "mat-khau-thu"
# The relevant parts of Debian's nginx.conf, with paths in a temporary folder.
_MAIN = """\
{user}worker_processes 2;
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 768; }}
http {{
    sendfile on;
    tcp_nopush on;
    types_hash_max_size 2048;
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    ssl_prefer_server_ciphers on;
    access_log off;
    gzip on;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include sites-enabled/*;
}}
"""


@dataclass(frozen=True)
class Server:
    """A running server: ports, folder (as /etc/nginx and /var/log/nginx), process."""

    http: int
    https: int
    folder: Path
    process: "subprocess.Popen[bytes]"

    @property
    def address(self) -> str:
        return f"https://{NAME}:{self.https}/"

    def log(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")


@contextmanager
def nginx(site: Path, folder: Path) -> Iterator[Server]:
    """Serve a built site with its nginx.conf unchanged, and its sample of values filled in."""
    http, https = _free_port(), _free_port()
    _lay_out(site, folder, http, https)
    binary = shutil.which("nginx") or "/usr/sbin/nginx"
    process = subprocess.Popen([binary, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")])
    try:
        for port in (http, https):
            _wait_for(port, process)
        yield Server(http, https, folder, process)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _lay_out(site: Path, folder: Path, http: int, https: int) -> None:
    for name in ("sites-enabled", "snippets"):
        (folder / name).mkdir(parents=True)
    written = site / products.server_folder
    shutil.copy(written / server_config.CONFIGURATION, folder / "sites-enabled" / "tai-lieu.conf")
    values = (written / server_config.VALUES).read_text("utf-8")
    for given, used in (("tai-lieu.example;", f"{NAME};"), ("listen 80;", f"listen 127.0.0.1:{http};"),
                        ("listen 443 ssl http2;", f"listen 127.0.0.1:{https} ssl http2;"),
                        ("/etc/nginx/tls", str(folder)), ("/srv/tai-lieu;", f"{site};"),
                        ("/etc/nginx/tai-lieu.matkhau", f"{folder}/passwords"), ("/var/log/nginx", str(folder))):
        assert given in values, given
        values = values.replace(given, used, 1) if given.startswith("listen") else values.replace(given, used)
    (folder / "snippets" / "tai-lieu-gia-tri.conf").write_text(values, "utf-8")
    # Started by root, nginx would read the site as nobody, who cannot access the tests' folders.
    user = "user root;\n" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(_MAIN.format(user=user, folder=folder), "utf-8")
    _openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}",
             "-addext", f"subjectAltName=DNS:{NAME}", "-keyout", folder / "tai-lieu.key",
             "-out", folder / "tai-lieu.crt")
    secret = _openssl("passwd", "-6", PASSWORD)
    (folder / "passwords").write_text(f"{USER}:{secret}", "utf-8")


def _openssl(*arguments: str | Path) -> str:
    return subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, text=True,
                          timeout=60).stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(100):
        assert process.poll() is None, "nginx has stopped"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(port)
