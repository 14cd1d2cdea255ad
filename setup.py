"""What pre-commit and prek install for the hooks with `language: python`: the wheel of the same version, and no compiler.

The package itself is in `python`. No `pyproject.toml` is here, or pip would build the package from its sources.
"""

from setuptools import setup

setup(name="seamlint-hook", version="0.1.0", install_requires=["seamlint==0.1.0"], packages=[], py_modules=[])
