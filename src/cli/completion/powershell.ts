import type { CompletionCommand, Expected } from './tree.ts'

/** For PowerShell 5 and newer: `gopack completion powershell | Out-String | Invoke-Expression`. */
export function powershellCompletion(commands: readonly CompletionCommand[]): string {
  const table = commands.map(({ name, description, options, argument }) => {
    const flags = options.flatMap(({ flags: all, description: text }) => all.map((flag) => `        ${quoted(flag)} = ${quoted(text)}`))
    const choices = options.flatMap(({ flags: all, value }) =>
      value === undefined ? [] : all.map((flag) => `        ${quoted(flag)} = ${list(value)}`),
    )
    return `    ${quoted(name)} = @{
      description = ${quoted(description)}
      words = ${list(argument)}
      options = [ordered]@{
${flags.join('\n')}
      }
      choices = @{
${choices.join('\n')}
      }
    }`
  })
  return `# PowerShell completion for gopack: gopack completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName gopack -ScriptBlock {
  param($word, $ast, $position)
  $commands = [ordered]@{
${table.join('\n')}
  }
  $words = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { $_.ToString() })
  $result = { param($text, $tip) [System.Management.Automation.CompletionResult]::new($text, $text, 'ParameterValue', $tip) }
  if ($words.Count -lt 2) {
    $commands.Keys | Where-Object { $_ -like "$word*" } | ForEach-Object { & $result $_ $commands[$_].description }
    return
  }
  $command = $commands[$words[1]]
  if ($null -eq $command) { return }
  $previous = $words[-1]
  if ($command.choices.ContainsKey($previous)) {
    $command.choices[$previous] | Where-Object { $_ -like "$word*" } | ForEach-Object { & $result $_ $_ }
  } elseif ($word -like '-*') {
    $command.options.Keys | Where-Object { $_ -like "$word*" } | ForEach-Object { & $result $_ $command.options[$_] }
  } else {
    $command.words | Where-Object { $_ -like "$word*" } | ForEach-Object { & $result $_ $_ }
  }
}
`
}

/** An empty list leaves PowerShell to offer files. */
const list = (expected: Expected): string => `@(${expected.kind === 'words' ? expected.words.map(quoted).join(', ') : ''})`

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`
