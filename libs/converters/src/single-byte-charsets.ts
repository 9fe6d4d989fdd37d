import type { Charset } from './charset.js';

/*
 * Charsets with one byte for each character, of which the lower half is ASCII.
 */

const QUESTION_MARK = 0x3f;

/** 0x80 to 0x9F of windows-1252, which not every Node.js knows. */
const OF_WINDOWS_1252 = '€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ';

const WINDOWS = ['1250', '1251', '1252', '1254', '1255', '1256', '1257', '1258'];
const ISO_8859 = ['2', '3', '4', '5', '6', '7', '8', '9', '13', '15'];

/** Those with the names that Java gives them, in capitals. */
export const SINGLE_BYTE_CHARSETS: readonly (readonly [name: string, charset: Charset])[] = [
  ...WINDOWS.flatMap((number) => named([`WINDOWS-${number}`, `CP${number}`], () => upperHalfOfWindows(number))),
  ...ISO_8859.flatMap((part) =>
    named([`ISO-8859-${part}`, `ISO8859-${part}`, `ISO8859_${part}`, `ISO_8859-${part}`, `8859_${part}`], () =>
      upperHalfOfIso(part),
    ),
  ),
  ...named(['KOI8-R', 'KOI8_R'], () => decoded('koi8-r')),
  ...named(['KOI8-U', 'KOI8_U'], () => decoded('koi8-u')),
  ...named(['IBM866', 'CP866'], () => decoded('ibm866')),
];

function named(names: readonly string[], upperHalf: () => string): (readonly [string, Charset])[] {
  const charset = singleByte(upperHalf);
  return names.map((name) => [name, charset]);
}

/** The tables are made when they are first needed. */
function singleByte(upperHalf: () => string): Charset {
  let characters: string | undefined;
  let bytes: ReadonlyMap<string, number> | undefined;
  const half = () => (characters ??= upperHalf());
  return {
    encode(text) {
      bytes ??= new Map([...half()].map((char, index) => [char, char === '\ufffd' ? QUESTION_MARK : 0x80 + index]));
      const codes = [...text].map((char) =>
        char <= '\x7f' ? char.charCodeAt(0) : (bytes?.get(char) ?? QUESTION_MARK),
      );
      return Buffer.from(codes);
    },
    decode: (buffer) =>
      buffer.toString('latin1').replace(/[^\0-\x7f]/g, (byte) => half().charAt(byte.charCodeAt(0) - 0x80)),
  };
}

function decoded(label: string): string {
  return new TextDecoder(label).decode(Uint8Array.from({ length: 0x80 }, (_, index) => 0x80 + index));
}

/** Control characters stand where Java has nothing. */
function upperHalfOfWindows(number: string): string {
  const half = number === '1252' ? OF_WINDOWS_1252 + decoded('latin1').slice(0x20) : decoded(`windows-${number}`);
  return half.replace(/[\x80-\x9f]/g, '\ufffd');
}

/** That of Turkish is to JavaScript one with Windows, which has other characters for the controls. */
function upperHalfOfIso(part: string): string {
  return part === '9'
    ? decoded('iso-8859-2').slice(0, 0x20) + decoded('windows-1254').slice(0x20)
    : decoded(`iso-8859-${part}`);
}
