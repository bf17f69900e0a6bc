"""Which benefits fit which enterprise, and why. Pure: values in, values out, no clock, no disk but the index."""
