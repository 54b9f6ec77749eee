"""For tests and measuring commands: nginx and Apache from exactly the files of deploy/, on loopback, as a newcomer sets them up.

What is replaced is what README tells to replace (name, certificate, the guide's folder) and what belongs to the machine:
ports, where logs and the process's number go. Everything else is Debian's own configuration.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
DEPLOY = HOME / "deploy"
# nginx-plain: without the Brotli module. htaccess: Apache as a rented one, where the folder's own .htaccess must do.
KINDS = ("nginx", "nginx-plain", "apache", "htaccess")
APACHES = ("apache", "htaccess")
MODULES = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
# As Debian turns them on, and what README has turned on by a2enmod.
ASKED_OF_APACHE = ("headers", "rewrite", "ssl", "http2")
MISSING = "サーバーの試験ができません: {} がありません。root で「sh tools/servers.sh」、または管理者に「apt-get install {}」を。"


class Missing(Exception):
    """A server that is not installed; says which and how to get it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered. Names of headers are in small letters; one that came twice is joined by a comma."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Running:
    """A server at work: the folder that it serves, its ports, where its logs are."""

    kind: str
    public: Path
    plain: int
    secure: int
    logs: Path

    def get(self, path: str, *, secure: bool = True, method: str = "GET", **headers: str) -> Answer:
        """Ask for a path exactly as it is written."""
        if secure:
            where: http.client.HTTPConnection = http.client.HTTPSConnection("127.0.0.1", self.secure, timeout=10, context=UNSURE)
        else:
            where = http.client.HTTPConnection("127.0.0.1", self.plain, timeout=10)
        with contextlib.closing(where):
            where.putrequest(method, path, skip_accept_encoding=True)
            for name, value in headers.items():
                where.putheader(name.replace("_", "-"), value)
            where.endheaders()
            answer = where.getresponse()
            told: dict[str, str] = {}
            for name, value in answer.getheaders():
                told[name.lower()] = f"{told[name.lower()]}, {value}" if name.lower() in told else value
            return Answer(answer.status, told, answer.read())

    def log(self) -> str:
        """Everything that stands in the logs, once the server has written it."""
        time.sleep(0.2)
        return "".join(path.read_text(encoding="utf-8") for path in sorted(self.logs.iterdir()))


UNSURE = ssl.create_default_context()
UNSURE.check_hostname, UNSURE.verify_mode = False, ssl.CERT_NONE


@contextlib.contextmanager
def serving(kind: str, public: Path, base: str = "/") -> Iterator[Running]:
    """A server of a kind for a copy of a published folder. Raises Missing, or RuntimeError when it refuses its configuration."""
    program, package = ("apache2", "apache2") if kind in APACHES else ("nginx", "nginx libnginx-mod-http-brotli-static")
    path = shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    if path is None or (kind == "nginx" and not MODULES.exists()):
        raise Missing(MISSING.format(program, package))
    work = Path(tempfile.mkdtemp(prefix="guide-server-"))
    try:
        work.chmod(0o755)  # the server is another user than root
        for folder in ("log", "run", "etc"):
            (work / folder).mkdir()
        shutil.copytree(public, work / "public", symlinks=True)
        _certificate(work)
        running = Running(kind, work / "public", _free(), _free(), work / "log")
        command, environment = (_apache if kind in APACHES else _nginx)(path, work, running, base)
        with _started(command, environment, running):
            yield running
    finally:
        shutil.rmtree(work, ignore_errors=True)


@contextlib.contextmanager
def _started(command: list[str], environment: dict[str, str], running: Running) -> Iterator[None]:
    with (running.public.parent / "said").open("w+") as said:
        process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=said, stderr=said)
        try:
            for _ in range(100):
                if process.poll() is not None:
                    break
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", running.secure), 1):
                    yield
                    return
                time.sleep(0.1)
            said.seek(0)
            raise RuntimeError(f"{running.kind}: {said.read()}{running.log()}")
        finally:
            process.terminate()
            process.wait(20)


def _nginx(program: str, work: Path, running: Running, base: str) -> tuple[list[str], dict[str, str]]:
    """Debian's /etc/nginx with the guide's site in it, put at other places."""
    etc = work / "etc"
    shutil.copytree("/etc/nginx", etc, symlinks=True, dirs_exist_ok=True)
    for folder in ("sites-enabled", "conf.d", "snippets", "modules-enabled"):
        shutil.rmtree(etc / folder, ignore_errors=True)
        (etc / folder).mkdir()
    shutil.copy(running.public / "nginx-headers.conf", etc / "snippets" / "guide-headers.conf")
    if running.kind == "nginx":
        shutil.copy(DEPLOY / "nginx-brotli.conf", etc / "snippets" / "guide-brotli.conf")
        (etc / "modules-enabled" / "brotli.conf").write_text(f"load_module {MODULES};\n")
    temporary = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    (etc / "conf.d" / "places.conf").write_text("".join(f"{name}_temp_path {work}/run/{name};\n" for name in temporary))
    (etc / "sites-enabled" / "guide").write_text(nginx_site(work, running, base), encoding="utf-8")
    places = (("/etc/nginx/", f"{etc}/"), ("/var/log/nginx/", f"{work}/log/"), ("/run/nginx.pid", f"{work}/nginx.pid"))
    main = _replaced((etc / "nginx.conf").read_text(encoding="utf-8"), *places)
    (etc / "nginx.conf").write_text(main, encoding="utf-8")
    return [program, "-c", str(etc / "nginx.conf"), "-g", "daemon off;"], {}


def nginx_site(work: Path, running: Running, base: str) -> str:
    """deploy/nginx.conf with what the newcomer replaces replaced."""
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    text = _exchanged(text, "    location / {\n        root /srv/guide/public;\n", base)
    for port, ours in ((80, running.plain), (443, running.secure)):
        text = text.replace(f"listen {port}", f"listen 127.0.0.1:{ours}")
        text = text.replace(f"listen [::]:{port}", f"listen [::1]:{ours}") if _has_ipv6() else text
    text = text if _has_ipv6() else "".join(line for line in text.splitlines(keepends=True) if "[::]" not in line)
    return _replaced(text, *_names(work), ("/var/log/nginx/", f"{work}/log/"))


def _apache(program: str, work: Path, running: Running, base: str) -> tuple[list[str], dict[str, str]]:
    """Debian's /etc/apache2 with the guide's site in it, put at other places."""
    etc, debian = work / "etc", Path("/etc/apache2")
    shutil.copytree(debian, etc, symlinks=True, dirs_exist_ok=True)
    shutil.rmtree(etc / "sites-enabled", ignore_errors=True)
    (etc / "sites-enabled").mkdir()
    for module in (*ASKED_OF_APACHE, "socache_shmcb"):
        for ending in ("load", "conf"):
            link = etc / "mods-enabled" / f"{module}.{ending}"
            if (debian / "mods-available" / link.name).exists() and not link.exists():
                link.symlink_to(f"../mods-available/{link.name}")
    ports = (running.plain, running.secure)
    (etc / "ports.conf").write_text("".join(f"Listen 127.0.0.1:{port}\n" for port in ports))
    text = _exchanged((DEPLOY / "apache.conf").read_text(encoding="utf-8"), "    DocumentRoot /srv/guide/public\n", base)
    if running.kind == "htaccess":
        text = text.replace("AllowOverride None", "AllowOverride FileInfo Indexes").replace("Include guide-headers.conf", "")
    shutil.copy(running.public / ".htaccess", etc / "guide-headers.conf")
    for port, ours in zip((80, 443), ports, strict=True):
        text = text.replace(f"<VirtualHost *:{port}>", f"<VirtualHost *:{ours}>")
    (etc / "sites-enabled" / "guide.conf").write_text(_replaced(text, *_names(work)), encoding="utf-8")
    environment = {
        "APACHE_RUN_DIR": str(work / "run"),
        "APACHE_LOCK_DIR": str(work / "run"),
        "APACHE_LOG_DIR": str(work / "log"),
        "APACHE_PID_FILE": str(work / "apache.pid"),
        "APACHE_RUN_USER": "www-data",
        "APACHE_RUN_GROUP": "www-data",
    }
    main = etc / "apache2.conf"
    main.write_text("ServerName localhost\n" + main.read_text(encoding="utf-8"), encoding="utf-8")
    return [program, "-d", str(etc), "-f", str(main), "-DFOREGROUND"], environment


def _exchanged(text: str, lines: str, base: str) -> str:
    """The configuration for a guide below /guide/: the lines that its own comment gives, in place of `lines`."""
    if base == "/":
        return text
    assert base == "/guide/"
    start = text.index("道の下に置くとき")
    comment = text[start : text.index("に替えます", start)].splitlines()[1:-1]
    assert text.count(lines) == 1
    return text.replace(lines, "".join(f"    {line.strip().removeprefix('#').strip()}\n" for line in comment))


def _names(work: Path) -> tuple[tuple[str, str], ...]:
    return (
        ("/etc/letsencrypt/live/guide.example.jp", str(work)),
        ("/srv/guide/public", str(work / "public")),
        ("guide.example.jp", "localhost"),
    )


def _replaced(text: str, *pairs: tuple[str, str]) -> str:
    for one, other in pairs:
        text = text.replace(one, other)
    return text


def _certificate(work: Path) -> None:
    files = ["-keyout", str(work / "privkey.pem"), "-out", str(work / "fullchain.pem")]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    subprocess.run([*made, *files, *names], check=True, capture_output=True)


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def _has_ipv6() -> bool:
    with contextlib.suppress(OSError), socket.create_server(("::1", 0), family=socket.AF_INET6):
        return True
    return False
