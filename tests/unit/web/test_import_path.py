"""Streamlit leaves the folders in which modules are looked for as they are."""

import sys
from pathlib import Path

from streamlit.runtime.scriptrunner.exec_code import modified_sys_path

from corridor.web.import_path import keep_import_path_still


def test_streamlit_leaves_the_list_alone_once_the_folder_of_its_script_is_kept(tmp_path: Path, monkeypatch):
    script = tmp_path / "menu.py"
    script.touch()
    monkeypatch.setattr(sys, "path", list(sys.path))
    before = list(sys.path)
    with modified_sys_path(str(script)):
        assert sys.path != before
    keep_import_path_still(script)
    keep_import_path_still(script)
    assert sys.path == [*before, str(tmp_path)]
    with modified_sys_path(str(script)):
        assert sys.path == [*before, str(tmp_path)]
