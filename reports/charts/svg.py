"""SVG: a specification as an image that stands in a page or a document."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

from reports.charts.theme import FONT, LIGHT

_SPACE = "http://www.w3.org/2000/svg"
_ROLES = {colour: role for role, colour in LIGHT.items()}
_NOISE = ("class", "role", "aria-roledescription", "aria-label", "aria-hidden", "pointer-events", "opacity")
_LONG = re.compile(r"\d+\.\d{3,}")


def render(spec: dict[str, Any]) -> str:
    """Return the SVG of a Vega-Lite specification, as drawn in the light colours."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec))


def inline(svg: str, name: str, title: str, description: str) -> str:
    """Return an SVG to stand in a page: named and described, ids its own, colours those of the page.

    `name` must be unique in the page; it prefixes every id.
    """
    root = _tidy(svg)
    for element in root.iter():
        style = [
            f"{paint}:var(--{_ROLES[colour]})"
            for paint in ("fill", "stroke")
            if (colour := element.get(paint, "")) in _ROLES
        ]
        if style:
            element.set("style", ";".join(style))
            for paint in ("fill", "stroke"):
                if element.get(paint) in _ROLES:
                    del element.attrib[paint]
        if element.attrib.pop("font-family", None) is not None:
            element.set("class", "t")
    _name(root, name, title, description)
    for size in ("width", "height"):
        root.attrib.pop(size, None)
    return _text(root)


def alone(svg: str, name: str, title: str, description: str, faces: str = FONT) -> str:
    """Return an SVG to be a file or to go into a typeset document: named, described, colours as drawn."""
    root = _tidy(svg)
    for element in root.iter("text"):
        element.set("font-family", faces)
    _name(root, name, title, description)
    return _text(root)


def _name(root: ElementTree.Element, name: str, title: str, description: str) -> None:
    """Give the image a title and a description that a screen reader says in place of it."""
    _rename(root, name)
    for tag, text in (("desc", description), ("title", title)):
        element = ElementTree.Element(tag, {"id": f"{name}-{tag}"})
        element.text = text
        root.insert(0, element)
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-title {name}-desc")


def _rename(root: ElementTree.Element, name: str) -> None:
    """Give every id of the picture a name of its own: Vega counts them through the life of the process."""
    ids = {element.get("id", ""): f"{name}-{number}" for number, element in enumerate(root.iter()) if element.get("id")}
    for element in root.iter():
        for attribute, value in element.attrib.items():
            if value in ids:
                element.set(attribute, ids[value])
            elif value.startswith("url(#") and value[5:-1] in ids:
                element.set(attribute, f"url(#{ids[value[5:-1]]})")


def _tidy(svg: str) -> ElementTree.Element:
    """Drop what Vega adds for its own use, and digits that nobody sees."""
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own renderer's output
    _prune(root)
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{_SPACE}}}")
        for noise in _NOISE:
            if noise != "opacity" or element.get("opacity") == "1":
                element.attrib.pop(noise, None)
        for attribute in ("d", "transform", "x2", "y2"):
            if attribute in element.attrib:
                element.set(
                    attribute,
                    _LONG.sub(lambda m: f"{float(m[0]):.2f}".rstrip("0").rstrip("."), element.attrib[attribute]),
                )
    root.set("xmlns", _SPACE)
    return root


def _prune(parent: ElementTree.Element) -> None:
    """Remove shapes that draw nothing, and groups that hold nothing."""
    if parent.tag.rpartition("}")[2] == "clipPath":
        return
    for child in list(parent):
        _prune(child)
        tag = child.tag.rpartition("}")[2]
        unpainted = child.get("fill") in (None, "none", "transparent") and child.get("stroke") in (None, "none")
        background = tag == "rect" or (tag == "path" and "background" in child.get("class", ""))
        hidden = child.get("display") == "none" or child.get("d") in ("", "M0,0h0v0h0Z")
        if hidden or (tag == "g" and not len(child)) or (background and unpainted):
            parent.remove(child)


def _text(root: ElementTree.Element) -> str:
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=True)
