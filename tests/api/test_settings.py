"""What the environment may ask for."""

from pathlib import Path

import pytest

from api.settings import Settings, SettingUnusable


def test_nothing_need_be_set() -> None:
    settings = Settings.from_environment({})

    assert (settings.host, settings.port, settings.database_url) == ("127.0.0.1", 8000, None)
    assert settings.home == Path.cwd() / ".weihu"
    assert (settings.environment, settings.suite, settings.kek) == ("production", "aes", "file")


def test_an_empty_variable_counts_as_unset() -> None:
    assert Settings.from_environment({"PORT": " ", "DATABASE_URL": ""}) == (
        Settings.from_environment({})
    )


def test_a_home_may_be_below_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/lin")

    assert Settings.from_environment({"WEIHU_HOME": "~/weihu"}).home == Path("/home/lin/weihu")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "eighty", "PORT must be a whole number from 0 to 65535, not 'eighty'."),
        ("PORT", "70000", "PORT must be"),
        ("PORT", "-1", "PORT must be"),
        ("PORT", "８０００", "PORT must be"),
        ("WEIHU_ENV", "staging", "WEIHU_ENV must be production or development, not 'staging'."),
        ("WEIHU_SUITE", "des", "WEIHU_SUITE must be aes or sm4"),
        ("WEIHU_KEK", "post-it", "WEIHU_KEK must be file or env"),
        ("DATABASE_URL", "mysql://a/b", "DATABASE_URL must look like postgresql://"),
        ("DATABASE_URL", "postgresql://host:port/name", "DATABASE_URL cannot be read"),
        ("DATABASE_URL", "postgresql://host", "DATABASE_URL must look like"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_what_can(name: str, value: str, said: str) -> None:
    with pytest.raises(SettingUnusable) as refused:
        Settings.from_environment({name: value})

    assert said in str(refused.value)


def test_a_refused_database_url_is_not_repeated_for_it_holds_a_password() -> None:
    with pytest.raises(SettingUnusable) as refused:
        Settings.from_environment({"DATABASE_URL": "mysql://me:s3cret@host/name"})

    assert "s3cret" not in str(refused.value)
