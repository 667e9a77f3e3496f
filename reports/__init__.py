"""Forecasts to documents: the view-model and its renderers."""
