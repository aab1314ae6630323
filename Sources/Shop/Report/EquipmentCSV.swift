extension EquipmentOfFinishers {
    /// Every figure of the report, a line a group: the whole, then each run, structure and quarter.
    public func figuresCSV(in language: Language) -> CSV {
        var csv = CSV(
            header: [language.choose("Axe", "Axis"), language.choose("Valeur", "Value")]
                + Figure.allCases.map { $0.name(in: language) } + money(language)
        )
        func add(_ axis: String, _ group: EquipmentFigures) {
            csv.add(
                [.text(axis), .text(group.key)]
                    + Figure.allCases.map { .number(group.count($0)) }
                    + [.cents(group.paidByPersons), .cents(group.paidByProgrammes)]
            )
        }
        add(language.choose("Ensemble", "All"), all)
        for axis in Axis.allCases {
            for group in figures(by: axis) { add(axis.name(in: language), group) }
        }
        return csv
    }

    /// The rows behind a figure: a line a machine, and one for each parent who has none.
    public func rowsCSV(_ parents: [Parent], in language: Language) -> CSV {
        var csv = CSV(
            header: [
                language.choose("Personne", "Person"), Axis.run.name(in: language),
                Axis.structure.name(in: language), Axis.quarter.name(in: language),
                language.choose("Inscrit le", "Enrolled on"),
                language.choose("Commencé le", "Started on"),
                language.choose("Achevé le", "Finished on"),
                language.choose("Personnes au foyer", "Household members"),
                language.choose("Appareil", "Device"), language.choose("Type", "Type"),
                language.choose("Acquis le", "Acquired on"), language.choose("Ticket", "Receipt"),
                language.choose("Rendu le", "Returned on"),
            ] + money(language)
        )
        for parent in parents {
            let facts: [CSV.Cell] = [
                .text(parent.person), .text(parent.run), .text(parent.structure),
                .text(parent.quarter), .day(parent.enrolledOn),
                parent.startedOn.map(CSV.Cell.day) ?? .nothing,
                parent.completedOn.map(CSV.Cell.day) ?? .nothing, .number(parent.householdMembers),
            ]
            for equipment in parent.equipment {
                csv.add(
                    facts + [
                        .text(equipment.label), .text(equipment.kind), .day(equipment.acquiredOn),
                        .text(equipment.receipt),
                        equipment.returnedOn.map(CSV.Cell.day) ?? .nothing,
                        .cents(equipment.paidByPerson), .cents(equipment.paidByProgramme),
                    ]
                )
            }
            if parent.equipment.isEmpty {
                csv.add(facts + Array(repeating: .nothing, count: 7))
            }
        }
        return csv
    }

    private func money(_ language: Language) -> [String] {
        [
            language.choose("Payé par les personnes (€)", "Paid by the persons (€)"),
            language.choose("Payé par les programmes (€)", "Paid by programmes (€)"),
        ]
    }
}
