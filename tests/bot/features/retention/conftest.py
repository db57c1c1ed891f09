from tests.bot.access.office import office  # noqa: F401 -- a fixture
