import Shop

/// A form as it was sent, with all that is wrong in it: every field is read before anything is refused, so that a person
/// corrects everything at once.
struct Draft: Sendable {
    let form: Form
    private(set) var wrong: [(name: String, refusal: Refusal)] = []

    init(_ form: Form = Form(encoded: "")) {
        self.form = form
    }

    var isFine: Bool { wrong.isEmpty }

    func value(_ name: String) -> String { form[name] ?? "" }
    func isTicked(_ name: String) -> Bool { form[name] == "yes" }

    /// What the field reads as; nil, with the refusal kept beside the field, when it cannot be read.
    mutating func read<Value>(
        _ name: String,
        _ parse: (String) throws(Refusal) -> Value
    ) -> Value? {
        do throws(Refusal) {
            return try parse(value(name))
        } catch {
            wrong.append((name, error))
            return nil
        }
    }

    /// What several fields make together; nil, with the refusal kept, when they do not fit.
    mutating func readAll<Value>(_ make: () throws(Refusal) -> Value) -> Value? {
        do throws(Refusal) {
            return try make()
        } catch {
            refuse(error)
            return nil
        }
    }

    /// A refusal of the whole, beside its field when it has one that is on the form.
    mutating func refuse(_ refusal: Refusal) {
        wrong.append((refusal.field?.name ?? "", refusal))
    }

    /// A refusal of one row among several whose fields end in its number.
    mutating func refuse(_ refusal: Refusal, in row: Int) {
        wrong.append((refusal.field.map { "\($0.name)-\(row)" } ?? "", refusal))
    }

    /// The words beside a field.
    func error(_ name: String, in language: Language) -> String? {
        wrong.first { $0.name == name }.map { told($0.refusal, in: language) }
    }

    /// On top of the form, each linked to its field; nil when nothing is wrong in a field.
    func mistakes(in language: Language, fields: Set<String>) -> Mistakes? {
        Mistakes(
            wrong.filter { fields.contains($0.name) }
                .map { (name: $0.name, words: told($0.refusal, in: language)) }
        )
    }

    /// What is wrong with the whole rather than with a field.
    func card(in language: Language, fields: Set<String>) -> RefusalCard? {
        wrong.first { !fields.contains($0.name) }.map { RefusalCard($0.refusal, in: language) }
    }

    private func told(_ refusal: Refusal, in language: Language) -> String {
        let told = refusal.told(in: language)
        return "\(told.what) \(told.why)"
    }
}

extension Field {
    /// The input for a field of the shop's, filled with what was typed, its error beside it.
    init(
        _ field: FieldName,
        _ draft: Draft,
        in language: Language,
        value: String? = nil,
        name: String? = nil,
        hint: String? = nil,
        type: String = "text",
        isRequired: Bool = true,
        isOptional: Bool? = nil
    ) {
        let name = name ?? field.name
        self.init(
            name,
            label: field.label(in: language),
            value: draft.form[name] ?? value ?? "",
            hint: hint,
            error: draft.error(name, in: language),
            type: type,
            isRequired: isRequired,
            isOptional: isOptional
        )
    }
}

extension Choice {
    init(
        _ field: FieldName,
        _ draft: Draft,
        in language: Language,
        options: [(value: String, words: String)],
        chosen: String? = nil,
        name: String? = nil,
        hint: String? = nil
    ) {
        let name = name ?? field.name
        self.init(
            name,
            label: field.label(in: language),
            options: options,
            chosen: draft.form[name] ?? chosen,
            hint: hint,
            error: draft.error(name, in: language)
        )
    }
}

/// A word with its icon, never colour alone.
struct Tag: Sendable {
    /// `done`, `warning`, `refused` or nothing.
    let tone: String
    let icon: String
    let words: String
}

extension Call {
    /// What the form before did, when it is one of these: told once on this page.
    func done(_ known: String...) -> String? {
        query["done"].flatMap { known.contains($0) ? $0 : nil }
    }
}
