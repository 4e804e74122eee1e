"""What must hold among figures that stand together: relations over groups, as claims for the judge."""
