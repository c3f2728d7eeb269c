"""Settings from the environment: defaults, and every mistake named at once."""

from pathlib import Path

import pytest

from forum.config import ROOT, ConfigurationError, Settings


def test_settings_default_to_an_embedded_site(tmp_path: Path) -> None:
    settings = Settings.from_env({"FORUM_DATA_DIR": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path / 'kade.sqlite3'}"
    assert (settings.base_url, settings.search, settings.site_name) == ("http://localhost:8000", "whoosh", "Kade")


def test_settings_data_folder_lies_beside_wsgi_wherever_the_command_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    secret = "x" * 40
    assert Settings.from_env({"FORUM_SECRET_KEY": secret}).data_dir == ROOT / "instance"


def test_settings_mistakes_are_reported_together(tmp_path: Path) -> None:
    wrong = {
        "FORUM_DATA_DIR": str(tmp_path),
        "FORUM_DATABASE_URL": "mysql://x",
        "FORUM_SEARCH": "grep",
        "FORUM_BASE_URL": "forum.example",
        "FORUM_SECRET_KEY": "short",
        "FORUM_TRUSTED_PROXIES": "many",
        "PORT": "90000",
    }
    with pytest.raises(ConfigurationError) as caught:
        Settings.from_env(wrong)
    assert len(caught.value.problems) == 6


def test_settings_secret_key_is_made_once_and_private(tmp_path: Path) -> None:
    first, second = (Settings.from_env({"FORUM_DATA_DIR": str(tmp_path)}).secret_key for _ in range(2))
    assert first == second
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_settings_data_folder_that_cannot_be_written_says_so() -> None:
    with pytest.raises(ConfigurationError, match="FORUM_DATA_DIR"):
        Settings.from_env({"FORUM_DATA_DIR": "/proc/nowhere"})


def test_settings_base_address_moves_with_the_port(tmp_path: Path) -> None:
    environ = {"FORUM_DATA_DIR": str(tmp_path), "PORT": "8123"}
    assert Settings.from_env(environ).base_url == "http://localhost:8123"
