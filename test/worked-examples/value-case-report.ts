/** The rich value case as its report reads, every sum worked by hand from test/support/rich-value-case.ts. */
export const VALUE_CASE_REPORT = `# Trial

Illustrative: not the case of any contract.

Value for each point, of which 10 are expected (page 3).

Amounts are in prices of 2014.

Brought to prices of 2014 by an index: stay (2010).

Prices of several years stand side by side, as the case declares: visit (not stated). Sums over them are not in the prices of any one year.

Amounts are present values; the discount rate is 3.5%. As the study says.

Where the kind is not stated, the source does not say whether a budget would be relieved. Do not read it as cash.

The case holds several prices of one thing, each with its own definition: visit, £50 (page 3) and £75.50 (line 7). They may not be exchanged.

## Value of each unit of outcome

| Benefit | Kind | Years | To | Amount | Source |
| --- | --- | --- | --- | ---: | --- |
| Visits avoided | cashable | years 0 to 5 | Health £66.67; Social care £33.33 | £100 | page 3 |
| Calm | quality of life | no years given | People | £325 | page 3 |
| Care avoided later | kind not stated | years 6 to 15 | Social care | £398.50 | page 3 |
| Travel | cashable | years 0 to 5 | Health | £20 | page 3 |

- Visits avoided: 4 (visits) × £50 (visit, for each visit) × 50% (chance) = £100.
- Calm: £325, as stated. The source prints about £330; the arithmetic gives £325: the source has £5 too much. Valued by those who were asked.
- Care avoided later: £440 (stay, for each night) - £41.50 (the fee) = £398.50.

## Totals

This adds up value of 3 kinds (cashable; quality of life; kind not stated). It is not an amount that anyone could spend or save.

| By |  | Each unit | All that are expected |
| --- | --- | ---: | ---: |
| body | Health | £86.67 | £866.70 |
| body | Social care | £431.83 | £4,318.30 |
| body | People | £325 | £3,250 |
| kind | cashable | £120 | £1,200 |
| kind | quality of life | £325 | £3,250 |
| kind | kind not stated | £398.50 | £3,985 |
| years | years 0 to 5 | £120 | £1,200 |
| years | years 6 to 15 | £398.50 | £3,985 |
| years | no years given | £325 | £3,250 |
| all | all kinds together | £843.50 | £8,435 |

## Who paid, who benefits: halves

£60 is paid for each point. Kinds of value are not added up.

This way of sharing the price is ours, not the source’s.

| Who | Pays | Share | Benefits | Kind | For each 1 paid |
| --- | ---: | ---: | ---: | --- | ---: |
| Health | £30 | 0.5 | £86.67 | cashable | 2.889 |
| Social care | £30 | 0.5 | £33.33 | cashable | 1.111 |
|  |  |  | £398.50 | kind not stated | about 13.2833 (797/60) |
| People | £0 | 0 | £325 | quality of life | pays nothing |
| Local (together) | £60 | 1 | £120 | cashable | 2 |
|  |  |  | £398.50 | kind not stated | about 6.6417 (797/120) |

- Health: by the end of years 0 to 5, £86.67 of value (cashable) against £30 paid: £56.67 more.
- Health: by the end of years 6 to 15, £86.67 of value (cashable) against £30 paid: £56.67 more.
- Social care: by the end of years 0 to 5, £33.33 of value (cashable) against £30 paid: £3.33 more.
- Social care: by the end of years 6 to 15, £33.33 of value (cashable) against £30 paid: £3.33 more.
- Social care: by the end of years 0 to 5, £0 of value (kind not stated) against £30 paid: £30 less.
- Social care: by the end of years 6 to 15, £398.50 of value (kind not stated) against £30 paid: £368.50 more.
- Local: by the end of years 0 to 5, £120 of value (cashable) against £60 paid: £60 more.
- Local: by the end of years 6 to 15, £120 of value (cashable) against £60 paid: £60 more.
- Local: by the end of years 0 to 5, £0 of value (kind not stated) against £60 paid: £60 less.
- Local: by the end of years 6 to 15, £398.50 of value (kind not stated) against £60 paid: £338.50 more.

## Who paid, who benefits: all by health

£60 is paid for each point. Kinds of value are not added up.

As it was in the first year.

| Who | Pays | Share | Benefits | Kind | For each 1 paid |
| --- | ---: | ---: | ---: | --- | ---: |
| Health | £60 | 1 | £86.67 | cashable | 1.4445 |
| Social care | £0 | 0 | £33.33 | cashable | pays nothing |
|  |  |  | £398.50 | kind not stated | pays nothing |
| People | £0 | 0 | £325 | quality of life | pays nothing |
| Local (together) | £60 | 1 | £120 | cashable | 2 |
|  |  |  | £398.50 | kind not stated | about 6.6417 (797/120) |

- Health: by the end of years 0 to 5, £86.67 of value (cashable) against £60 paid: £26.67 more.
- Health: by the end of years 6 to 15, £86.67 of value (cashable) against £60 paid: £26.67 more.
- Local: by the end of years 0 to 5, £120 of value (cashable) against £60 paid: £60 more.
- Local: by the end of years 6 to 15, £120 of value (cashable) against £60 paid: £60 more.
- Local: by the end of years 0 to 5, £0 of value (kind not stated) against £60 paid: £60 less.
- Local: by the end of years 6 to 15, £398.50 of value (kind not stated) against £60 paid: £338.50 more.

## Unit costs

| Of | Amount | For each | Prices of | What it includes | Source |
| --- | ---: | --- | --- | --- | --- |
| visit | £50 | visit | 2014 | A visit. | page 3 |
| stay | £400 | night | 2010 | A visit. | page 3 |
| visit | £75.50 | visit | not stated | A visit. | line 7 |

## Workings

These stand behind the value or beside it. None of them is added to it.

| Working | Arithmetic gives | Source prints | Agreement | Reckoned by | Source |
| --- | ---: | ---: | --- | --- | --- |
| posts | about 0.5833 (7/12) visits |  | not printed | the source | page 3 |
| People reached | 1,800 people | 1,800 people | the same | the source | page 3 |
| Worth | £3,703.50 | £3,700 | the same, rounded | the source | page 3 |
| Turns | 13 turns | 12 turns | slip | the source | page 3 |
| Turns counted once | 12 turns |  | not printed | us | page 3 |
| Part of care | £33.33 |  | not printed | us | page 3 |

- posts: 7 (hours) ÷ 12 (weeks) = about 0.5833 (7/12) visits.
- People reached: 15% (part) × 12,000 (people) = 1,800 people. The source prints the same.
- Worth: £1,234.50 (a year) × 3 (years) = £3,703.50, to the nearest hundred (half up) £3,700. The source prints £3,700; the arithmetic gives £3,703.50, which is the same to the nearest hundred (half up).
- Turns: 6 (spring) + 7 (autumn) = 13 turns. The source prints 12 turns; the arithmetic gives 13 turns: the source has 1 too few.
- Turns counted once: 13 (Turns) - 1 (counted twice) = 12 turns.
- Part of care: £33.33 (Visits avoided, part of Social care) = £33.33. For comparison only.

## Slips of the source

- Calm: The source prints about £330; the arithmetic gives £325: the source has £5 too much. Valued by those who were asked. (page 4)
- Turns: The source prints 12 turns; the arithmetic gives 13 turns: the source has 1 too few. (page 7) It comes out as printed in another way. Turns counted once: 13 (Turns) - 1 (counted twice) = 12 turns.

## Rounded by the source

- Worth: The source prints £3,700; the arithmetic gives £3,703.50, which is the same to the nearest hundred (half up). (page 6)

## Remarks on the source

- The number of people is said in two ways. (page 9)

## Sources

- study: A study, Somebody, 2014, second edition

`;
