"""Adds up shifted images, one for each entry of the kernel."""

EXERCISE = "conv2d"


def conv2d(image, kernel):
    h, w = kernel.shape
    rows, columns = image.shape[0] - h + 1, image.shape[1] - w + 1
    total = 0.0
    for a in range(h):
        for b in range(w):
            total = total + kernel[a, b] * image[a : a + rows, b : b + columns]
    return total
