extension EquipmentOfFinishers {
    /// Every figure of the report in parents, a line a group: the whole, then each run, structure and quarter.
    public func figuresTable(in language: Language) -> Table {
        var table = table(
            language.choose("Chiffres", "Figures"),
            [language.choose("Axe", "Axis"), language.choose("Valeur", "Value")]
                + Figure.allCases.map { $0.name(in: language) } + money(language)
        )
        func add(_ axis: String, _ group: EquipmentFigures) {
            table.add(marked([.text(axis), .text(group.key)] + cells(group)))
        }
        add(language.choose("Ensemble", "All"), all)
        for axis in Axis.ofParents {
            for group in figures(by: axis) { add(axis.name(in: language), group) }
        }
        return table
    }

    /// The figures by one axis: in parents, or in machines by type of device.
    public func figuresTable(by axis: Axis, in language: Language) -> Table {
        let name = axis.name(in: language)
        guard axis == .device else {
            var table = table(
                name,
                [name] + Figure.allCases.map { $0.name(in: language) } + money(language)
            )
            for group in figures(by: axis) { table.add(marked([.text(group.key)] + cells(group))) }
            return table
        }
        let header = MachineFigure.allCases.map { figure in
            figure.name(in: language) + (figure.isMoney ? " (€)" : "")
        }
        var table = table(name, [name] + header)
        for group in deviceFigures {
            table.add(
                marked(
                    [.text(group.kind)]
                        + MachineFigure.allCases.map { Table.Cell(group.value($0)) }
                )
            )
        }
        return table
    }

    /// The rows behind a figure.
    public func rowsTable(_ rows: ReportCut.Rows, in language: Language) -> Table {
        switch rows {
        case .runs(let runs): runsTable(runs, in: language)
        case .parents(let parents): rowsTable(parents, in: language)
        case .machines(let machines, _): machinesTable(machines, in: language)
        }
    }

    /// A line a machine, and one for each parent who has none.
    public func rowsTable(_ parents: [Parent], in language: Language) -> Table {
        var table = rowsTable(in: language)
        for parent in parents {
            for equipment in parent.equipment {
                table.add(marked(cells(parent) + cells(equipment)))
            }
            if parent.equipment.isEmpty {
                table.add(marked(cells(parent) + Array(repeating: .nothing, count: 8)))
            }
        }
        return table
    }

    private func machinesTable(_ machines: [Acquired], in language: Language) -> Table {
        var table = rowsTable(in: language)
        for machine in machines {
            table.add(marked(cells(machine.parent) + cells(machine.equipment)))
        }
        return table
    }

    private func runsTable(_ runs: [RunFacts], in language: Language) -> Table {
        var table = table(
            language.choose("Parcours", "Runs"),
            [
                Axis.run.name(in: language), Axis.structure.name(in: language),
                language.choose("Commencé le", "Started on"),
                language.choose("Minutes prévues", "Planned minutes"),
                language.choose("Minutes assurées", "Delivered minutes"),
            ]
        )
        for run in runs {
            table.add(
                marked([
                    .text(run.code), .text(run.structure), .day(run.startsOn),
                    .number(run.plannedMinutes), .number(run.deliveredMinutes),
                ])
            )
        }
        return table
    }

    private func rowsTable(in language: Language) -> Table {
        table(
            language.choose("Lignes", "Rows"),
            [
                language.choose("Personne", "Person"), Axis.run.name(in: language),
                Axis.structure.name(in: language), Axis.quarter.name(in: language),
                language.choose("Inscrit le", "Enrolled on"),
                language.choose("Commencé le", "Started on"),
                language.choose("Achevé le", "Finished on"),
                language.choose("Attestation retirée le", "Attestation taken back on"),
                language.choose("Personnes au foyer", "Household members"),
                language.choose("Appareil", "Device"), language.choose("Type", "Type"),
                language.choose("Acquis le", "Acquired on"), language.choose("Ticket", "Receipt"),
                language.choose("Rendu le", "Returned on"),
                language.choose("Acte fait le", "Handed over on"),
            ] + money(language)
        )
    }

    private func cells(_ group: EquipmentFigures) -> [Table.Cell] {
        Figure.allCases.map { .number(group.count($0)) }
            + [.cents(group.paidByPersons), .cents(group.paidByProgrammes)]
    }

    private func cells(_ parent: Parent) -> [Table.Cell] {
        [
            .text(parent.person), .text(parent.run), .text(parent.structure), .text(parent.quarter),
            .day(parent.enrolledOn), Table.Cell(parent.startedOn), Table.Cell(parent.completedOn),
            Table.Cell(parent.revokedOn),
            .number(parent.householdMembers),
        ]
    }

    private func cells(_ equipment: Equipment) -> [Table.Cell] {
        [
            .text(equipment.label), .text(equipment.kind), .day(equipment.acquiredOn),
            .text(equipment.receipt), Table.Cell(equipment.returnedOn),
            Table.Cell(equipment.handedOverOn),
            .cents(equipment.paidByPerson), .cents(equipment.paidByProgramme),
        ]
    }

    /// In a demonstration a last column says so on every line, wherever the line is copied to.
    private func table(_ name: String, _ header: [String]) -> Table {
        Table(name, header: header + (isDemonstration ? [Demonstrated.mark] : []))
    }

    private func marked(_ cells: [Table.Cell]) -> [Table.Cell] {
        cells + (isDemonstration ? [.text(Demonstrated.mark)] : [])
    }

    private func money(_ language: Language) -> [String] {
        [
            language.choose("Payé par les personnes (€)", "Paid by the persons (€)"),
            language.choose("Payé par les programmes (€)", "Paid by programmes (€)"),
        ]
    }
}

/// The word that everything of a demonstration bears, in both languages.
public enum Demonstrated {
    public static let mark = "DÉMONSTRATION"
}
