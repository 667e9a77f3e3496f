"""Export: series with their evidence, as CSV, Parquet, a workbook, or a Frictionless Data Package."""

from series.export.formats import FORMATS, save
from series.export.tables import Bundle, gather

__all__ = ["FORMATS", "Bundle", "gather", "save"]
