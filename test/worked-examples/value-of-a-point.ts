/**
 * What one point of loneliness less is worth, by the review that examples/value-cases/worcestershire-loneliness.yaml names:
 * £325 for quality of life and £720 in health and care, of which £420 falls to health and social care, two parts to one.
 * Amounts are pounds.
 */
export const VALUE_OF_A_POINT = {
  qualityOfLife: '325',
  healthAndCare: { parts: ['135', '165', '420'], sum: '720' },
  sum: '1045',
  shared: [
    ['nhs', '280.00'],
    ['social-care', '140.00'],
  ],
} as const;
