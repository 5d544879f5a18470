import { resourceError } from '../../errors/resources.ts'

/** BCP 47 tags and the LANGIDs of Windows (MS-LCID, "Language ID"); a bare language stands for its most common region. */
// prettier-ignore
const languages: Readonly<Record<string, number>> = {
  af: 0x0436, 'af-za': 0x0436, sq: 0x041c, 'sq-al': 0x041c, am: 0x045e, 'am-et': 0x045e,
  ar: 0x0401, 'ar-sa': 0x0401, 'ar-iq': 0x0801, 'ar-eg': 0x0c01, 'ar-dz': 0x1401, 'ar-ma': 0x1801, 'ar-ae': 0x3801,
  hy: 0x042b, 'hy-am': 0x042b, az: 0x042c, 'az-latn-az': 0x042c, eu: 0x042d, 'eu-es': 0x042d, be: 0x0423, 'be-by': 0x0423,
  bn: 0x0445, 'bn-in': 0x0445, 'bn-bd': 0x0845, bs: 0x141a, 'bs-latn-ba': 0x141a, bg: 0x0402, 'bg-bg': 0x0402, ca: 0x0403, 'ca-es': 0x0403,
  zh: 0x0804, 'zh-cn': 0x0804, 'zh-hans': 0x0804, 'zh-tw': 0x0404, 'zh-hant': 0x0404, 'zh-hk': 0x0c04, 'zh-sg': 0x1004, 'zh-mo': 0x1404,
  hr: 0x041a, 'hr-hr': 0x041a, cs: 0x0405, 'cs-cz': 0x0405, da: 0x0406, 'da-dk': 0x0406,
  nl: 0x0413, 'nl-nl': 0x0413, 'nl-be': 0x0813,
  en: 0x0409, 'en-us': 0x0409, 'en-gb': 0x0809, 'en-au': 0x0c09, 'en-ca': 0x1009, 'en-nz': 0x1409, 'en-ie': 0x1809, 'en-za': 0x1c09, 'en-in': 0x4009, 'en-sg': 0x4809,
  et: 0x0425, 'et-ee': 0x0425, fa: 0x0429, 'fa-ir': 0x0429, fil: 0x0464, 'fil-ph': 0x0464, fi: 0x040b, 'fi-fi': 0x040b,
  fr: 0x040c, 'fr-fr': 0x040c, 'fr-be': 0x080c, 'fr-ca': 0x0c0c, 'fr-ch': 0x100c, 'fr-lu': 0x140c,
  gl: 0x0456, 'gl-es': 0x0456, ka: 0x0437, 'ka-ge': 0x0437,
  de: 0x0407, 'de-de': 0x0407, 'de-ch': 0x0807, 'de-at': 0x0c07, 'de-lu': 0x1007, 'de-li': 0x1407,
  el: 0x0408, 'el-gr': 0x0408, gu: 0x0447, 'gu-in': 0x0447, he: 0x040d, 'he-il': 0x040d, hi: 0x0439, 'hi-in': 0x0439, hu: 0x040e, 'hu-hu': 0x040e,
  is: 0x040f, 'is-is': 0x040f, id: 0x0421, 'id-id': 0x0421, ga: 0x083c, 'ga-ie': 0x083c, it: 0x0410, 'it-it': 0x0410, 'it-ch': 0x0810,
  ja: 0x0411, 'ja-jp': 0x0411, kn: 0x044b, 'kn-in': 0x044b, kk: 0x043f, 'kk-kz': 0x043f, km: 0x0453, 'km-kh': 0x0453, ko: 0x0412, 'ko-kr': 0x0412,
  lo: 0x0454, 'lo-la': 0x0454, lv: 0x0426, 'lv-lv': 0x0426, lt: 0x0427, 'lt-lt': 0x0427, lb: 0x046e, 'lb-lu': 0x046e,
  mk: 0x042f, 'mk-mk': 0x042f, ms: 0x043e, 'ms-my': 0x043e, ml: 0x044c, 'ml-in': 0x044c, mt: 0x043a, 'mt-mt': 0x043a, mr: 0x044e, 'mr-in': 0x044e,
  mn: 0x0450, 'mn-mn': 0x0450, ne: 0x0461, 'ne-np': 0x0461, no: 0x0414, nb: 0x0414, 'nb-no': 0x0414, nn: 0x0814, 'nn-no': 0x0814,
  pl: 0x0415, 'pl-pl': 0x0415, pt: 0x0816, 'pt-br': 0x0416, 'pt-pt': 0x0816, pa: 0x0446, 'pa-in': 0x0446, ro: 0x0418, 'ro-ro': 0x0418,
  ru: 0x0419, 'ru-ru': 0x0419, sr: 0x241a, 'sr-latn-rs': 0x241a, 'sr-cyrl-rs': 0x281a, si: 0x045b, 'si-lk': 0x045b, sk: 0x041b, 'sk-sk': 0x041b,
  sl: 0x0424, 'sl-si': 0x0424, es: 0x0c0a, 'es-es': 0x0c0a, 'es-mx': 0x080a, 'es-ar': 0x2c0a, 'es-co': 0x240a, 'es-cl': 0x340a, 'es-us': 0x540a,
  sw: 0x0441, 'sw-ke': 0x0441, sv: 0x041d, 'sv-se': 0x041d, 'sv-fi': 0x081d, ta: 0x0449, 'ta-in': 0x0449, te: 0x044a, 'te-in': 0x044a,
  th: 0x041e, 'th-th': 0x041e, tr: 0x041f, 'tr-tr': 0x041f, uk: 0x0422, 'uk-ua': 0x0422, ur: 0x0420, 'ur-pk': 0x0420, uz: 0x0443, 'uz-latn-uz': 0x0443,
  vi: 0x042a, 'vi-vn': 0x042a, cy: 0x0452, 'cy-gb': 0x0452, zu: 0x0435, 'zu-za': 0x0435,
}

/** `de-DE`, `0x0407` or `0407` → `0407`: four lower-case hex digits. Undefined for anything else. */
export function languageCode(text: string): string | undefined {
  const hex = /^(?:0x)?([0-9a-f]{4})$/i.exec(text)?.[1]
  if (hex !== undefined) return hex.toLowerCase()
  const tag = text.toLowerCase().replaceAll('_', '-')
  const langid = Object.hasOwn(languages, tag) ? languages[tag] : undefined
  return langid?.toString(16).padStart(4, '0')
}

/** As {@link languageCode}. @throws RESOURCE_LANGUAGE_UNKNOWN */
export function requireLanguage(text: string): string {
  const code = languageCode(text)
  if (code === undefined)
    throw resourceError('RESOURCE_LANGUAGE_UNKNOWN', { message: `"${text}" is not a language Windows knows by this name.` })
  return code
}
