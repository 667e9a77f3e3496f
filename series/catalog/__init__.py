"""The catalog of subjects: titles, units, bounds, wholes, identities and definition links."""

from series.catalog.entries import Entry, Sum, Title
from series.catalog.subjects import Catalog, extend, load

__all__ = ["Catalog", "Entry", "Sum", "Title", "extend", "load"]
