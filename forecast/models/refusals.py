"""What models say of windows that they cannot answer."""

TAKERS = "naive, drift, theta, arima and prophet take such windows"
MISSING = f"a value is missing inside the window; {TAKERS}"
LAST_MISSING = "the last value is missing; end the window in the newest one that is known"
INFINITE = "the window holds an infinite value"
