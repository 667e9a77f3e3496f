"""Calibration: learning how far forecasts of short series go wrong from public competition data."""
