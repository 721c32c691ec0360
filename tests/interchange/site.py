"""A WordPress of one's own: Debian's, with its database, in a folder that goes away, on loopback."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Generator

LOOPBACK: Final = "127.0.0.1"
PATIENCE: Final = 60.0
"""Seconds that a busy machine may take to start a server."""
USER: Final = "ann"
_PROGRAM: Final = Path("/usr/share/wordpress")
_CONFIG: Final = """<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:%(socket)s'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HOME', '%(address)s'); define('WP_SITEURL', '%(address)s');
define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_ENVIRONMENT_TYPE', 'local'); // application passwords need it where there is no HTTPS
define('WP_DEBUG', true); define('WP_DEBUG_DISPLAY', false); define('WP_DEBUG_LOG', '%(log)s');
$table_prefix = 'wp_';
if (!defined('ABSPATH')) { define('ABSPATH', __DIR__ . '/'); }
require_once ABSPATH . 'wp-settings.php';
"""
_ROUTER: Final = """<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path !== '/' && file_exists(__DIR__ . $path)) { return false; }
$_SERVER['SCRIPT_NAME'] = '/index.php';
require __DIR__ . '/index.php';
"""
_INSTALL: Final = """
define('WP_INSTALLING', true);
function wp_new_blog_notification($title, $url, $user, $password) {}
require 'wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('A bakery', $argv[1], 'ann@example.org', true, '', 'a password');
update_option('permalink_structure', '/%postname%/');
flush_rewrite_rules();
[$password] = WP_Application_Passwords::create_new_application_password(1, ['name' => 'atelier']);
echo $password;
"""


@dataclass(frozen=True)
class Site:
    """A running site; `password` is an application password of its administrator `USER`."""

    address: str
    folder: Path
    password: str

    def php(self, code: str, *arguments: str, given: str = "") -> Any:
        """What WordPress's own functions say: `code` prints JSON."""
        done = subprocess.run(
            ["php", "-d", "memory_limit=512M", "-r", f"require 'wp-load.php'; {code}", "--", *arguments],
            cwd=self.folder, input=given, capture_output=True, text=True, check=False, timeout=PATIENCE,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)

    def user(self, name: str, role: str) -> str:
        """Makes a user; gives an application password of theirs."""
        return self.php(
            "$id = wp_insert_user(['user_login' => $argv[1], 'user_pass' => 'x', 'role' => $argv[2]]);"
            "echo json_encode(WP_Application_Passwords::create_new_application_password($id, ['name' => 'a'])[0]);",
            name, role,
        )  # fmt: skip

    def posts(self, kind: str = "post") -> list[dict[str, Any]]:
        """Every post of a kind, oldest first, as the database has it."""
        return self.php(
            "echo json_encode(get_posts(['post_type' => $argv[1], 'post_status' => array_keys(get_post_stati()),"
            " 'numberposts' => -1, 'orderby' => 'ID', 'order' => 'ASC']));",
            kind,
        )


@contextlib.contextmanager
def running_site(folder: Path) -> Generator[Site]:
    """Sets a site up in `folder`, whose path is short: that of a socket may have a hundred signs."""
    port = free_port()
    address = f"http://{LOOPBACK}:{port}"
    program, data, sock = folder / "site", folder / "data", folder / "db.sock"
    shutil.copytree(_PROGRAM, program, symlinks=False, ignore_dangling_symlinks=True)
    words = {"socket": sock, "address": address, "log": folder / "debug.log"}
    (program / "wp-config.php").write_text(_CONFIG % words)
    (program / "router.php").write_text(_ROUTER)
    with _database(data, sock), contextlib.ExitStack() as stack:
        made = ["php", "-r", _INSTALL, "--", USER]
        done = subprocess.run(made, cwd=program, capture_output=True, text=True, check=False, timeout=PATIENCE)
        assert done.returncode == 0, done.stdout + done.stderr
        served = [
            "php",
            "-d",
            "upload_max_filesize=4M",
            "-d",
            "post_max_size=5M",
            "-S",
            f"{LOOPBACK}:{port}",
            "router.php",
        ]
        server = stack.enter_context(
            subprocess.Popen(
                served, cwd=program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env=os.environ | {"PHP_CLI_SERVER_WORKERS": "3"}, start_new_session=True,
            )
        )  # fmt: skip
        try:
            _until(lambda: urllib.request.urlopen(f"{address}/wp-json/", timeout=PATIENCE).status == 200)
            yield Site(address, program, done.stdout.strip())
        finally:
            os.killpg(server.pid, 15)  # its workers are processes of their own


@contextlib.contextmanager
def _database(data: Path, sock: Path) -> Generator[None]:
    own = ["--user=root"] if os.geteuid() == 0 else []
    install = ["mariadb-install-db", "--no-defaults", f"--datadir={data}", *own]
    quick = ["--auth-root-authentication-method=normal", "--skip-test-db"]
    done = subprocess.run([*install, *quick], capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert done.returncode == 0, done.stdout + done.stderr
    (data.parent / "init.sql").write_text("CREATE DATABASE wordpress CHARACTER SET utf8mb4;\n")
    serve = ["mariadbd", "--no-defaults", f"--datadir={data}", f"--socket={sock}", "--skip-networking", *own]
    lean = [
        "--innodb-flush-log-at-trx-commit=0",
        f"--init-file={data.parent / 'init.sql'}",
        f"--pid-file={data / 'pid'}",
    ]
    path = os.environ | {"PATH": f"{os.environ.get('PATH', '')}:/usr/sbin"}
    with subprocess.Popen([*serve, *lean], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=path) as server:
        try:
            _until(lambda: sock.exists() and _answers(sock))
            yield
        finally:
            server.terminate()


def _answers(sock: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(sock))
        return bool(line.recv(1))


def _until(ready: Any) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            if ready():
                return
        except OSError:
            pass
        assert time.monotonic() < end, "a server did not start"
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as one:
        one.bind((LOOPBACK, 0))
        return one.getsockname()[1]
