"""nginx and Apache as Debian ships them, on this machine only, with the configuration that the build writes.

`with nginx(site, "/offset/") as origin: …`: the site stands below the path, as macros/hosting/README.md tells.
A program that is missing is named, and the test fails.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from macros.hosting.files import twin_of
from macros.hosting.headers import server_files
from tests.ports import free_port

SECONDS = 60
# a program: its package in Debian
PACKAGES = {"nginx": "nginx-light", "apache2": "apache2-bin"}
MODULES = Path("/usr/lib/apache2/modules")
# what Debian's apache2 has switched on, as far as files are concerned, and what the configuration asks for
NEEDED = "mpm_event authz_core mime dir autoindex negotiation alias filter deflate headers"
NGINX = """
daemon off; pid {work}/pid; error_log {work}/error.log; {user}
events {{ worker_connections 64; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {work}/body; proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi; uwsgi_temp_path {work}/uwsgi; scgi_temp_path {work}/scgi;
    include {work}/nginx-http.conf;
    server {{
        listen 127.0.0.1:{port};
        gzip_static on;
        {place}
    }}
}}
"""
APACHE = """
{modules}
ServerRoot {work}
PidFile {work}/pid
ErrorLog {work}/error.log
Listen 127.0.0.1:{port}
ServerName 127.0.0.1
{user}
TypesConfig /etc/mime.types
AddType application/x-gzip .gz
DocumentRoot {work}/{root}
<Directory {work}>
    Options FollowSymLinks
    Require all granted
</Directory>
<VirtualHost 127.0.0.1:{port}>
    {alias}
    Include {work}/apache.conf
</VirtualHost>
"""


@contextmanager
def nginx(site: Path, base: str = "/") -> Iterator[str]:
    """Serve a site with nginx below a path; yield the origin."""
    with _prepared(site) as (work, port):
        where = f"root {work}/site;" if base == "/" else f"location {base} {{ alias {work}/site/; %s }}"
        include = f"include {work}/nginx-server.conf;"
        place = where.replace("%s", include) if "%s" in where else f"{where} {include}"
        user = "user nobody nogroup;" if os.getuid() == 0 else ""
        (work / "server.conf").write_text(NGINX.format(work=work, port=port, place=place, user=user), encoding="utf-8")
        with _running([program("nginx"), "-c", f"{work}/server.conf", "-e", f"{work}/error.log"], work, port):
            yield f"http://127.0.0.1:{port}"


@contextmanager
def apache(site: Path, base: str = "/") -> Iterator[str]:
    """Serve a site with Apache below a path; yield the origin."""
    with _prepared(site) as (work, port):
        modules = "\n".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in NEEDED.split())
        alias = "" if base == "/" else f"Alias {base} {work}/site/"
        user = "User nobody\nGroup nogroup" if os.getuid() == 0 else ""
        text = APACHE.format(
            modules=modules, work=work, port=port, user=user, alias=alias, root="site" if base == "/" else "empty"
        )
        (work / "server.conf").write_text(text, encoding="utf-8")
        with _running([program("apache2"), "-f", f"{work}/server.conf", "-DFOREGROUND"], work, port):
            yield f"http://127.0.0.1:{port}"


@contextmanager
def _prepared(site: Path) -> Iterator[tuple[Path, int]]:
    """Yield a folder that every account may read, with the site and its configuration, and a free port."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        work.chmod(0o755)
        (work / "empty").mkdir()
        _copied(site, work / "site")
        for file, text in server_files(site).items():
            (work / file).write_text(text, encoding="utf-8")
        yield work, free_port()


def _copied(site: Path, to: Path) -> None:
    """Copy a site, with the packed twins that publishing sends."""
    shutil.copytree(site, to)
    for path in [path for path in to.rglob("*") if path.is_file()]:
        packed = twin_of(path.name, path.read_bytes())
        if packed:
            path.with_name(f"{path.name}.gz").write_bytes(packed)


@contextmanager
def _running(command: list[str], work: Path, port: int) -> Iterator[None]:
    with subprocess.Popen(command, cwd=work, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            _wait_for(process, work, port)
            yield
        finally:
            process.terminate()
            process.wait(SECONDS)


def _wait_for(process: subprocess.Popen, work: Path, port: int) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    log = work / "error.log"
    said = log.read_text(encoding="utf-8") if log.is_file() else ""
    process.terminate()
    raise AssertionError(f"{process.args}: {said}{process.stdout.read() if process.stdout else ''}")


def program(name: str) -> str:
    """Return the path of a server; fails, and names it, when it is not there."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/sbin" if os.environ["PATH"] else "")
    assert found, f"{name} がありません（Debian なら apt-get install {PACKAGES[name]}）。 {name} not found."
    return found
