"""The parts of the page of a report: what stands where, its template, its style and its script."""
