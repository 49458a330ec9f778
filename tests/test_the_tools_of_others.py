"""Questions by others, brought in and taken out with the command, as a host would."""

import logging

import pytest

from peerwork.site.cli import Refused
from peerwork.site.commands import tools
from peerwork.support.care import toolbox
from peerwork.support.care.tests.kits import cbi, changed, proqol, unknown, who5, write
from tests.journeys.browser import House


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """An empty folder for tools."""
    folder = tmp_path / "packs"
    monkeypatch.setattr(toolbox, "folder", lambda: folder)
    return folder


def test_a_tool_is_kept_word_for_word_and_offered(shelf, tmp_path, capsys):
    path = write(tmp_path, cbi())
    tools.bring_in(path, only_look=False)
    assert (shelf / "cbi.v1.yaml").read_bytes() == path.read_bytes()
    assert (shelf / "cbi.v1.yaml").stat().st_mode & 0o777 == 0o600
    assert [tool.id for tool in toolbox.offered()] == ["cbi"]
    assert "Websites disagree on the bands. Show the number, not a verdict." in capsys.readouterr().out


def test_looking_changes_nothing(shelf, tmp_path, capsys):
    tools.bring_in(write(tmp_path, proqol()), only_look=True)
    assert not shelf.exists()
    told = capsys.readouterr().out
    assert "burnout: Part burnout — 10 questions, sum" in told
    assert "counted the other way round: q1, q4, q7, q10, q13" in told


def test_a_file_with_a_problem_leaves_nothing_behind(shelf, tmp_path):
    with pytest.raises(Refused, match=r"! tool\.yaml, meta\.owner: it is missing(.|\n)*Nothing was taken in"):
        tools.bring_in(write(tmp_path, changed(unknown(), "meta", "owner", ...)), only_look=False)
    with pytest.raises(Refused, match="not good YAML"):
        tools.bring_in(_text(tmp_path, "meta: ["), only_look=False)
    assert not shelf.exists()


def _text(folder, text):
    path = folder / "broken.yaml"
    path.write_text(text)
    return path


def test_the_same_file_twice_changes_nothing_and_other_words_need_a_new_version(shelf, tmp_path, capsys):
    tools.bring_in(write(tmp_path, who5()), only_look=False)
    tools.bring_in(write(tmp_path, who5()), only_look=False)
    assert "Here already, nothing changes" in capsys.readouterr().out
    other = changed(who5(), "items", 0, "text", "Other words.")
    with pytest.raises(Refused, match="says something else"):
        tools.bring_in(write(tmp_path, other), only_look=False)
    tools.bring_in(write(tmp_path, changed(other, "meta", "version", 2)), only_look=False)
    assert [tool.key for tool in toolbox.kept()] == ["who5@2", "who5@1"]
    assert [tool.key for tool in toolbox.offered()] == ["who5@2"]


def test_a_tool_is_taken_out_in_every_version(shelf, tmp_path):
    for version in (1, 2):
        tools.bring_in(write(tmp_path, changed(who5(), "meta", "version", version)), only_look=False)
    tools.bring_in(write(tmp_path, cbi()), only_look=False)
    with pytest.raises(Refused, match=r"called \.\./x\. There are: cbi, who5\."):
        tools.take_out("../x")
    assert tools.take_out("who5") == ["who5.v1.yaml", "who5.v2.yaml"]
    assert [tool.id for tool in toolbox.offered()] == ["cbi"]


def test_a_file_somebody_broke_by_hand_leaves_the_rest_whole_and_can_be_taken_out(shelf, tmp_path, caplog):
    tools.bring_in(write(tmp_path, cbi()), only_look=False)
    (shelf / "who5.v1.yaml").write_text("meta: [")
    with caplog.at_level(logging.ERROR):
        assert [tool.id for tool in toolbox.offered()] == ["cbi"]
    assert "who5.v1.yaml" in caplog.text
    assert tools.take_out("who5") == ["who5.v1.yaml"]


# The words as they are typed


@pytest.fixture
def a_network(tmp_path):
    house = House(tmp_path / "data", demo=False)
    done = house.run(
        "setup", "--name", "Kerbside", "--public-name", "Corner", "--time-zone", "Australia/Melbourne"
    )
    assert done.returncode == 0, done.stderr
    return house


@pytest.mark.journey
def test_the_command_says_what_it_did_and_refuses_with_sentences(a_network, tmp_path):
    good, bad = (
        write(tmp_path, who5(), "good.yaml"),
        write(tmp_path, changed(who5(), "meta", "id", "mbi"), "bad.yaml"),
    )
    looked = a_network.run("import", "instrument", str(good), "--dry-run")
    assert (looked.returncode, looked.stdout.splitlines()[-1]) == (0, "Nothing was changed.")
    assert not (a_network.data / "packs").exists()
    done = a_network.run("import", "instrument", str(good))
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "Done.")
    assert (a_network.data / "packs" / "who5.v1.yaml").read_bytes() == good.read_bytes()
    refused = a_network.run("import", "instrument", str(bad))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "Maslach Burnout Inventory may not be brought in. Owned and sold." in refused.stderr
    nowhere = a_network.run("import", "instrument", "nowhere.yaml")
    assert (nowhere.returncode, nowhere.stderr) == (1, "There is no file nowhere.yaml.\n")
    out = a_network.run("remove", "instrument", "who5")
    assert out.stdout.splitlines() == ["who5.v1.yaml: taken out.", "What people answered stays with them."]
    again = a_network.run("remove", "instrument", "who5")
    assert (again.returncode, "There are: none." in again.stderr) == (1, True)
    assert "Traceback" not in refused.stderr + nowhere.stderr + again.stderr
