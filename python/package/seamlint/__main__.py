"""``python -m seamlint``: the command beside this Python, for where the folder of commands is not in ``PATH``."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path


def command() -> Path:
    """The command of this package, from where it was installed to."""
    name = "seamlint" + (sysconfig.get_config_var("EXE") or "")
    folders = [Path(sysconfig.get_path("scripts"))]
    if user := sysconfig.get_preferred_scheme("user"):
        folders.append(Path(sysconfig.get_path("scripts", scheme=user)))
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(f"{name} is not in {' or '.join(map(str, folders))}")


if __name__ == "__main__":
    arguments = [str(command()), *sys.argv[1:]]
    if sys.platform == "win32":
        sys.exit(subprocess.run(arguments).returncode)
    os.execv(arguments[0], arguments)
