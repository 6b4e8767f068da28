/** The fields that a letter's head has, and no other: in the order of their names. */
export const HEAD_OF_A_LETTER = [
  'Auto-Submitted',
  'Content-Transfer-Encoding',
  'Content-Type',
  'Date',
  'From',
  'MIME-Version',
  'Message-ID',
  'Subject',
  'To',
];
