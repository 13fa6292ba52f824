"""The right answers to the augmentation lab. Graded like a submission; never enters a room that runs student code."""

import numpy as np


def flip_left_right(image):
    """The mirror image of image (H, W) or (H, W, C)."""
    return image[:, ::-1]


def flip_up_down(image):
    """image (H, W) or (H, W, C), upside down."""
    return image[::-1]


def flip_batch(images):
    """The mirror images of a batch (N, H, W, C)."""
    return images[:, :, ::-1]


def quarter_turns(image, k):
    """image (H, W) or (H, W, C), turned by k quarters against the clock; k may be negative."""
    return np.rot90(image, k)


def shift(image, down, right, fill):
    """image (H, W) moved by whole pixels, `fill` where nothing comes in; nothing comes back at the other end."""
    height, width = image.shape
    moved = np.full_like(image, fill)
    for row in range(height):
        for column in range(width):
            if 0 <= row - down < height and 0 <= column - right < width:
                moved[row, column] = image[row - down, column - right]
    return moved


def brightness(image, factor):
    """Pixels from 0 to 255 times a factor, cut off at 255, as whole numbers of 8 bits; halves are cut off."""
    return np.minimum(image * float(factor), 255).astype(np.uint8)


def random_variants(images, labels, k, seed):
    """k images of a batch (N, H, W), drawn with repetition and mirrored at random, and their labels (k,)."""
    rng = np.random.default_rng(seed)
    drawn = rng.integers(len(images), size=k)
    mirrored = rng.random(k) < 0.5
    chosen = images[drawn]
    chosen[mirrored] = chosen[mirrored, :, ::-1]
    return chosen, labels[drawn]


def early_stopping(losses, patience):
    """The epoch after which training ends, and the best epoch, both from 0 on.

    It ends where the loss has not gone below its best for `patience` epochs in a row, or after the last epoch.
    """
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        if epoch - best >= patience:
            return epoch, best
    return len(losses) - 1, best
