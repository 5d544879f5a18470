import { errorMaker, exitCodes, type ErrorEntry } from './gopack-error.ts'

const exit = exitCodes.usage

export const configErrors = {
  CONFIG_MISSING: {
    exit,
    summary: 'The configuration file named on the command line is not there.',
    remedy: 'Check the path given to --config, or leave the option out: gopack needs no configuration file.',
  },
  CONFIG_TWO_SOURCES: {
    exit,
    summary: 'One folder holds more than one configuration of gopack.',
    remedy: 'Keep one of them, or name the one you mean with --config.',
  },
  CONFIG_UNREADABLE: {
    exit,
    summary: 'The configuration file cannot be read as text.',
    remedy: 'Save it as UTF-8 text of less than 1 MB and check that you may read it.',
  },
  CONFIG_SYNTAX: {
    exit,
    summary: 'The configuration file is not valid YAML or JSON.',
    remedy: 'Correct the line named; indentation must be spaces, never tabs.',
  },
  CONFIG_DUPLICATE_KEY: {
    exit,
    summary: 'The configuration names the same key twice.',
    remedy: 'Keep one of the two.',
  },
  CONFIG_UNKNOWN_KEY: {
    exit,
    summary: 'The configuration holds a key that gopack does not know.',
    remedy: 'Correct the name; `gopack schema` prints every key there is.',
  },
  CONFIG_WRONG_TYPE: {
    exit,
    summary: 'A value in the configuration is of the wrong type or not one of those allowed.',
    remedy: 'Correct the value; `gopack schema` prints what each key takes.',
  },
  CONFIG_TEMPLATE: {
    exit,
    summary: 'A template in the configuration uses a placeholder that does not exist.',
    remedy: 'Use one of {name} {version} {tag} {commit} {date} {os} {arch} {variant} {env.NAME}; write {{ for a brace.',
  },
  CONFIG_TEMPLATE_ENV: {
    exit,
    summary: 'A template asks for an environment variable that is not set.',
    remedy: 'Set the variable, or take {env.NAME} out of the template.',
  },
  CONFIG_CONFLICT: {
    exit,
    summary: 'Two settings cannot be used together.',
    remedy: 'Remove one of the two.',
  },
  USAGE: {
    exit,
    summary: 'The command line is not one gopack understands.',
    remedy: 'See `gopack --help` or `gopack COMMAND --help`.',
  },
} satisfies Record<string, ErrorEntry>

export const configError = errorMaker(configErrors)
