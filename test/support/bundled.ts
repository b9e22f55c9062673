/** The names of all levels of the bundled ladder, track by track from the lowest up. */
export const bundledLevels = [
  'Engineer',
  'Senior Engineer',
  'Lead Engineer',
  'Principal Engineer',
  'Distinguished Engineer',
  'Fellow',
  'Manager',
  'Senior Manager',
  'Director',
  'Vice President',
  'Senior Vice President / CTO / CIO',
]
