"""Filling: our templates with their slots filled, every text escaped, and the typefaces a page carries."""

from __future__ import annotations

import base64
import functools
import importlib.resources
from typing import Any

from markupsafe import Markup


@functools.cache
def _environment() -> Any:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FunctionLoader(resource),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )


def resource(name: str) -> str:
    """Return the text of a file beside the templates."""
    return importlib.resources.files("reports").joinpath("templates", name).read_text("utf-8")


@functools.cache
def faces() -> Markup:
    """Return the page's own Latin typefaces, so that it reads alike on every machine and asks for nothing."""
    made = []
    for kind, family in (("serif", "Report Serif"), ("sans", "Report Sans")):
        for weight in (400, 600):
            data = importlib.resources.files("reports").joinpath("fonts", f"{kind}-{weight}.woff2").read_bytes()
            source = f"url(data:font/woff2;base64,{base64.b64encode(data).decode()})"
            made.append(
                f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: {source} format("woff2"); }}\n'
            )
    return Markup("".join(made))  # noqa: S704 - our own files


def fill(name: str, **values: Any) -> Markup:
    """Return a template of ours with its slots filled; text is escaped."""
    return Markup(_environment().get_template(f"{name}.html.j2").render(values).rstrip("\n"))  # noqa: S704
