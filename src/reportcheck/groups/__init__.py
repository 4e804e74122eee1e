"""Which figures stand together: lists with their heads and items. Told by structure alone; no value is looked at."""
