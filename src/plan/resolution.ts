/** Twice the pixels of a usual screen: sharp where a page is shown in its size. Pixels an inch, as all here. */
export const usualDpi = 144
export const leastDpi = 36
export const mostDpi = 600
