/** Of a colour, each from 0 to 1. */
type Parts = readonly [r: number, g: number, b: number]

/** What becomes of a colour and the one below it where both are opaque, by the name of a blend mode (§ 11.3.5). */
export function blended(blend: string, over: Parts, below: Parts): Parts {
  switch (blend) {
    case 'Hue':
      return asLight(asSaturated(over, saturationOf(below)), lightOf(below))
    case 'Saturation':
      return asLight(asSaturated(below, saturationOf(over)), lightOf(below))
    case 'Color':
      return asLight(over, lightOf(below))
    case 'Luminosity':
      return asLight(below, lightOf(over))
    default:
      return [
        mixed(blend, over[0], below[0]),
        mixed(blend, over[1], below[1]),
        mixed(blend, over[2], below[2]),
      ]
  }
}

function lightOf([r, g, b]: Parts): number {
  return 0.3 * r + 0.59 * g + 0.11 * b
}

function saturationOf(color: Parts): number {
  return Math.max(...color) - Math.min(...color)
}

/** A colour of another luminosity, its parts kept between 0 and 1. */
function asLight(color: Parts, light: number): Parts {
  const by = light - lightOf(color)
  const [least, most] = [Math.min(...color) + by, Math.max(...color) + by]
  const within = (part: number) => {
    const moved = part + by
    if (least < 0) return light + ((moved - light) * light) / (light - least)
    return most > 1 ? light + ((moved - light) * (1 - light)) / (most - light) : moved
  }
  return [within(color[0]), within(color[1]), within(color[2])]
}

function asSaturated(color: Parts, saturation: number): Parts {
  const [least, own] = [Math.min(...color), saturationOf(color)]
  const stretched = (part: number) => (own === 0 ? 0 : ((part - least) * saturation) / own)
  return [stretched(color[0]), stretched(color[1]), stretched(color[2])]
}

/** Modes that work colour by colour (table 136); one that is not known is the usual one. */
function mixed(blend: string, over: number, below: number): number {
  switch (blend) {
    case 'Multiply':
      return over * below
    case 'Screen':
      return over + below - over * below
    case 'Overlay':
      return mixed('HardLight', below, over)
    case 'HardLight':
      return over <= 0.5 ? 2 * over * below : mixed('Screen', 2 * over - 1, below)
    case 'SoftLight': {
      if (over <= 0.5) return below - (1 - 2 * over) * below * (1 - below)
      const light = below <= 0.25 ? ((16 * below - 12) * below + 4) * below : Math.sqrt(below)
      return below + (2 * over - 1) * (light - below)
    }
    case 'Darken':
      return Math.min(over, below)
    case 'Lighten':
      return Math.max(over, below)
    case 'ColorDodge':
      return below === 0 ? 0 : over >= 1 ? 1 : Math.min(1, below / (1 - over))
    case 'ColorBurn':
      return below >= 1 ? 1 : over <= 0 ? 0 : 1 - Math.min(1, (1 - below) / over)
    case 'Difference':
      return Math.abs(over - below)
    case 'Exclusion':
      return over + below - 2 * over * below
    default:
      return over
  }
}
