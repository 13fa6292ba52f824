"""Takes one channel after the other."""

EXERCISE = "global_average_pool"


def global_average_pool(maps):
    return [maps[:, :, c].mean() for c in range(maps.shape[2])]
