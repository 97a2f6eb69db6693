"""Every option that Streamlit is started with: a wheel brings no configuration file."""

from __future__ import annotations

from typing import Any

from data.settings import Settings
from pages.web import tokens


def options(settings: Settings) -> dict[str, Any]:
    """Streamlit's options by their full names, as App.run takes them."""
    return {
        "server.address": settings.address,
        "server.port": settings.port,
        "server.headless": True,
        "server.fileWatcherType": "none",
        "server.runOnSave": False,
        "server.maxUploadSize": settings.upload_mb,
        # A page of tables is a few hundred kilobytes of markup; it travels compressed.
        "server.enableWebsocketCompression": True,
        "server.enableStaticServing": False,
        "server.enableAgentApi": False,
        "server.enableXsrfProtection": True,
        "browser.gatherUsageStats": False,
        # An address of its own keeps start-up from asking a foreign host for one.
        "browser.serverAddress": settings.address,
        "browser.serverPort": settings.port,
        "client.toolbarMode": "minimal",
        # What went wrong stands in the log, under the reference that the reader sees.
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        # Nobody embeds the dashboard in another site.
        "client.allowedOrigins": [],
        "runner.magicEnabled": False,
        "logger.level": "warning",
        "logger.hideWelcomeMessage": True,
    } | tokens.theme()
