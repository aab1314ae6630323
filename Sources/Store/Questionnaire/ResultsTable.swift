public import Shop

extension ToldResults {
    /// The counts as a table to keep: a line an answer, and one more a mean.
    public func table(in language: Language) -> Table {
        var table = Table(
            language.choose("Réponses aux questionnaires", "Answers to questionnaires"),
            header: [
                language.choose("Moment", "Moment"), language.choose("Question", "Question"),
                language.choose("Intitulé", "Wording"), language.choose("Réponse", "Answer"),
                language.choose("Personnes", "Persons"),
                language.choose("Sur", "Of"),
            ]
        )
        let moment = results.moment.name(in: language)
        func count(_ count: Int?) -> Table.Cell {
            count.map(Table.Cell.number) ?? .text(hidden(in: language))
        }
        let totals: [(words: String, number: Int?)] = [
            (language.choose("À remplir", "To fill in"), results.asked),
            (language.choose("Ont répondu", "Answered"), results.answered),
            (
                language.choose("Ne souhaitent pas répondre", "Do not want to answer"),
                results.declined
            ),
        ]
        for (words, number) in totals {
            table.add([
                .text(moment), .nothing, .text(words), .nothing, count(number),
                .number(results.asked),
            ])
        }
        for counted in results.questions {
            let question = counted.question
            let wording = Table.Cell.text(question.words(in: language))
            for cell in counted.cells {
                table.add([
                    .text(moment), .text(question.code), wording,
                    .text(cell.words(in: language)), count(cell.count), count(counted.answered),
                ])
            }
            guard question.range != nil else { continue }
            table.add([
                .text(moment), .text(question.code), wording,
                .text(language.choose("Moyenne", "Mean")),
                counted.mean.map { .text($0.written(in: language)) }
                    ?? (counted.answered == 0 ? .nothing : .text(hidden(in: language))),
                count(counted.answered),
            ])
        }
        return table
    }

    private func hidden(in language: Language) -> String {
        language.choose("masqué", "hidden")
    }
}
