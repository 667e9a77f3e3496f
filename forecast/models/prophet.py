"""Prophet: a linear trend with changes, and waves; the posterior mode of its own model for all windows at once.

The guards are those of the reference engine (`forecast.models.reference.prophet`): windows are centred, at most one
possible change per three observations, no seasonal term in annual data, the median is the fitted path. What the
package draws, trend changes to come and noise, has its distribution reckoned here, so that no seed enters.
Taylor and Letham (2018), Forecasting at scale.
"""

from __future__ import annotations

from forecast.models.kernels.prophet import MINIMUM, forecast

__all__ = ["MINIMUM", "forecast"]
