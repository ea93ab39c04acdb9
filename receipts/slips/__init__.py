"""One file a slip: a view of the models in, a Slip (values) out."""
