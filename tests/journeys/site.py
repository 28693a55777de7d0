"""The site as production runs it: its settings, its static files, and a proxy that speaks TLS."""

import base64
import hashlib
import os
import runpy
import ssl
import subprocess
from pathlib import Path
from unittest.mock import patch

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test import override_settings
from django.test.testcases import LiveServerThread

HOST = "localhost"
PRODUCTION = {
    "DEBUG": "0",
    "POVERTYPLAN_DEMO": "0",
    "ALLOWED_HOSTS": HOST,
    "TRUSTED_PROXIES": "1",
    "SECRET_KEY": "kx3Vq0zT9mWn4cRb7yLf2pHs6dJg8aEu1oXiQ5rZtNvMwBkCjPhYlSeGf",
}
# Tests keep their database, the key that it was migrated with, and their day; of the templates an
# app has made its own at its start.
KEPT = frozenset({"DATABASES", "DEMO_TODAY", "SECRET_KEY", "TEMPLATES"})


def settings_of_production(static_root: Path) -> dict[str, object]:
    """What the settings file says other than in the tests, read under the environment of a server.

    Static files have the names of production; they are not compressed, which takes ten seconds.
    """
    with patch.dict(os.environ, PRODUCTION):
        os.environ.pop("SECOND_FACTOR_REQUIRED", None)
        said = runpy.run_path(str(settings.BASE_DIR / "povertyplan" / "settings.py"))
    other = {
        name: value
        for name, value in said.items()
        if name.isupper() and name not in KEPT and value != getattr(settings, name, None)
    }
    storage = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    storages = said["STORAGES"] | {"staticfiles": {"BACKEND": storage}}
    return other | {"STORAGES": storages, "STATIC_ROOT": static_root}


class Certificate:
    """A new key of this machine's own, and how a browser is told to believe it."""

    def __init__(self, folder: Path):
        key, file = folder / "key.pem", folder / "certificate.pem"
        _openssl(
            *("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"),
            *("-keyout", key, "-out", file, "-days", "2", "-subj", f"/CN={HOST}"),
            *("-addext", f"subjectAltName=DNS:{HOST}"),
        )
        public = _openssl("pkey", "-in", key, "-pubout", "-outform", "DER")
        self.pin = base64.b64encode(hashlib.sha256(public).digest()).decode()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(file, key)


def _openssl(*arguments) -> bytes:
    run = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, check=True)  # noqa: S607
    return run.stdout


def behind_nginx(application):
    """Say what `deploy/nginx.conf` says to the site of each request."""

    def answer(environ, start_response):
        came_from = environ.get("HTTP_X_FORWARDED_FOR")
        chain = [came_from, environ["REMOTE_ADDR"]] if came_from else [environ["REMOTE_ADDR"]]
        environ |= {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_FOR": ", ".join(chain)}
        return application(environ, start_response)

    return answer


class TLSServer(ThreadedWSGIServer):
    def handle_error(self, request, client_address):
        """A browser opens connections ahead of need, and drops them in the middle of a greeting."""


class ProductionSite(LiveServerThread):
    """Started with the settings of production around it: middleware reads them only once."""

    daemon = True
    server_class = TLSServer

    def __init__(self, certificate: Certificate, static_root: Path):
        super().__init__(HOST, static_handler=lambda _files: behind_nginx(WSGIHandler()))
        self.certificate = certificate
        self.settings = settings_of_production(static_root)
        with override_settings(**self.settings):
            call_command("collectstatic", interactive=False, verbosity=0)
            self.start()
            self.is_ready.wait()
        if self.error:
            raise self.error

    def _create_server(self, connections_override=None):
        server = super()._create_server(connections_override)
        # Greeted in the thread of the connection, so that one slow browser holds up nobody.
        server.socket = self.certificate.context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
        return server

    @property
    def url(self) -> str:
        return f"https://{self.host}:{self.port}"
