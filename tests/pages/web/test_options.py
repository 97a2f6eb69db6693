"""What Streamlit is started with: everything that a wheel has no configuration file for."""

from __future__ import annotations

from pathlib import Path

from streamlit import config

from data import settings
from pages.web.options import options

FOLDER = Path("/nowhere")


def test_every_option_is_one_that_streamlit_knows_and_may_be_set_so() -> None:
    for name in options(settings.load({}, FOLDER)):
        known = config._config_options_template[name]
        assert not known.sensitive, name


def test_address_port_and_the_size_of_an_upload_come_from_the_settings() -> None:
    told = settings.load(
        {"FORANKRING_PORT": "9000", "FORANKRING_UPLOAD_MB": "7", "FORANKRING_ADDRESS": "::1"},
        FOLDER,
    )
    found = options(told)
    assert found["server.port"] == 9000
    assert found["server.address"] == "::1"
    assert found["server.maxUploadSize"] == 7


def test_nothing_is_sent_elsewhere_and_nothing_is_offered_to_deploy() -> None:
    found = options(settings.load({}, FOLDER))
    assert found["browser.gatherUsageStats"] is False
    assert found["client.toolbarMode"] == "minimal"
    assert found["server.enableAgentApi"] is False
    assert found["client.allowedOrigins"] == []
