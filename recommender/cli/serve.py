"""``recommender serve``: the web form, in one process or in several that share a port."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from typing import Annotated

import typer

from recommender.cli.listening import refuse_unusable, url_of
from recommender.cli.processes import keep_running, open_port
from recommender.extras import need


def serve(
    *,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8501,
    address: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    processes: Annotated[int, typer.Option(min=1, max=64, help="Processes that share the port, each on one processor.")] = 1,
    base_path: Annotated[str, typer.Option(help="Path below the host at which a proxy has the form, for example /form.")] = "",
) -> None:
    """Serve the web form.

    Example: recommender serve --port 8501 --processes 2
    """
    need("streamlit", extra="web")
    site = Path(__file__).resolve().parent.parent / "web" / "application.py"
    refuse_unusable(address, port)
    announced = {"RECOMMENDER_ANNOUNCED": url_of(address, port)}
    try:
        Path.home()
    except RuntimeError:  # an account without a home, in which the server would look for settings
        os.environ["HOME"] = str(Path.cwd())
    below = [f"--server.baseUrlPath={base_path}"] if base_path else []
    options = [
        *below,
        f"--server.port={port}",
        f"--server.address={address}",
        "--server.headless=true",
        "--logger.hideWelcomeMessage=true",
    ]
    if processes > 1:
        if os.name == "nt":
            raise typer.BadParameter("this system cannot share a port among processes", param_hint="--processes")
        command = [sys.executable, "-m", "recommender.web.streamlit_port.worker", "run", str(site), *options]
        own = os.environ | {"RECOMMENDER_FIRST_START": secrets.token_urlsafe(24)}
        try:
            listening = open_port(address, port)
        except OSError as error:
            raise typer.BadParameter(f"{address}, port {port}: {error.strerror}", param_hint="--port") from None
        sys.exit(keep_running(command, processes, own, listening=listening, first=announced))
    os.environ.update(announced)
    os.execv(sys.executable, [sys.executable, "-m", "streamlit", "run", str(site), *options])  # noqa: S606
