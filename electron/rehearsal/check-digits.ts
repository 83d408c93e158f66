/**
 * An insured id (Krankenversichertennummer): a letter, eight digits, check digit. The letter counts as its two-digit place in the
 * alphabet; digits weigh 1 and 2 in turn, products give their digit sums, the sum modulo 10 is the check digit.
 */
export function insuredId(letter: string, digits: string): string {
  const place = String(letter.charCodeAt(0) - 'A'.charCodeAt(0) + 1).padStart(2, '0');
  const sum = Array.from(place + digits)
    .map((digit, index) => Number(digit) * (index % 2 === 0 ? 1 : 2))
    .reduce((total, product) => total + Math.floor(product / 10) + (product % 10), 0);
  return `${letter}${digits}${sum % 10}`;
}

/**
 * A doctor's number (LANR): six digits, check digit, two digits for the specialty. Digits weigh 4 and 9 in turn; the check digit makes
 * the sum up to the next multiple of 10.
 */
export function doctorNumber(digits: string, specialty: string): string {
  const sum = Array.from(digits).reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 4 : 9), 0);
  return `${digits}${(10 - (sum % 10)) % 10}${specialty}`;
}

/**
 * An insurer's number (Institutionskennzeichen): eight digits, check digit. Digits three to eight weigh 2 and 1 in turn, products give
 * their digit sums, the sum modulo 10 is the check digit.
 */
export function institutionNumber(digits: string): string {
  const sum = Array.from(digits.slice(2))
    .map((digit, index) => Number(digit) * (index % 2 === 0 ? 2 : 1))
    .reduce((total, product) => total + Math.floor(product / 10) + (product % 10), 0);
  return `${digits}${sum % 10}`;
}
