import type { CompletionCommand } from './tree.ts'

/** For PowerShell 5 and newer: `gopack completion powershell | Out-String | Invoke-Expression`. */
export function powershellCompletion(commands: readonly CompletionCommand[]): string {
  const table = commands.map(({ name, description, options, words }) => {
    const flags = options.flatMap(({ flags: all, description: text }) => all.map((flag) => `        ${quoted(flag)} = ${quoted(text)}`))
    const values = options.flatMap(({ flags: all, values: list }) => (list.length > 0 ? all.map((flag) => `        ${quoted(flag)} = @(${list.map(quoted).join(', ')})`) : []))
    return `    ${quoted(name)} = @{
      description = ${quoted(description)}
      words = @(${words.map(quoted).join(', ')})
      options = [ordered]@{
${flags.join('\n')}
      }
      values = @{
${values.join('\n')}
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
  if ($command.values.ContainsKey($previous)) {
    $command.values[$previous] | Where-Object { $_ -like "$word*" } | ForEach-Object { & $result $_ $_ }
  } elseif ($word -like '-*') {
    $command.options.Keys | Where-Object { $_ -like "$word*" } | ForEach-Object { & $result $_ $command.options[$_] }
  } else {
    $command.words | Where-Object { $_ -like "$word*" } | ForEach-Object { & $result $_ $_ }
  }
}
`
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`
