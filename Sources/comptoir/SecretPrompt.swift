import Foundation
import Shop

/// Reads a secret without showing it in a list of processes: from the environment, from the terminal
/// without echo, or as one line of standard input.
enum SecretPrompt {
    /// Throws `fieldMissing` when nothing is given.
    static func ask(_ variable: String, _ field: FieldName, in language: Language) throws -> String
    {
        if let given = ProcessInfo.processInfo.environment[variable], !given.isEmpty {
            return given
        }
        if isatty(STDIN_FILENO) == 1 {
            guard let typed = getpass("\(field.label(in: language))\u{A0}: ") else {
                throw Refusal(.fieldMissing, ["field": .field(field)])
            }
            return String(cString: typed)
        }
        guard let line = readLine(strippingNewline: true), !line.isEmpty else {
            throw Refusal(.fieldMissing, ["field": .field(field)])
        }
        return line
    }
}
