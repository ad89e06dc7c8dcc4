"""This file proves that `flask plan …` answers what cannot be done with a sentence, and changes nothing."""

SHEET = "plan/sample/improvement-plan.xlsx"


def test_a_download_to_a_place_that_is_not_there_is_a_sentence(app):
    run = app.test_cli_runner()
    run.invoke(args=["plan", "import", SHEET])
    told = run.invoke(args=["plan", "download", "no/such/folder/out.xlsx"])
    assert (told.exit_code, told.stdout) == (1, "")
    assert "could not be written" in told.stderr


def test_a_name_that_cannot_stand_in_an_address_is_refused(app):
    told = app.test_cli_runner().invoke(args=["plan", "import", SHEET, "--plan", "Our plan/2013"])
    assert (told.exit_code, told.stdout) == (1, "")
    assert "cannot stand in an address" in told.stderr
