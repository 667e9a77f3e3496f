"""Series to forecasts: models, backtests, claims, and the command line above them."""
