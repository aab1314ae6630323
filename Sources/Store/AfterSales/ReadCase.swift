import Postgres
public import Shop

extension Store {
    /// Throws `afterSalesUnknown`, also for a case of a shop outside `reach`.
    public func afterSalesCase(
        _ code: AfterSalesCode,
        in reach: Reach = .everyShop
    ) async throws -> AfterSalesCard {
        try await transaction { tx in
            let of: SQL = "c.code = \(code.description)"
            let rows = try tx.pipeline([
                """
                select \(AfterSalesRow.columns) from after_sales_cases c \(AfterSalesRow.joins)
                where \(of) and \(reach.condition("y.shop_id"))
                """,
                """
                select \(HandedOverDevice.columns) from after_sales_cases c
                join exits x on x.device_id = c.device_id and x.ordinal = c.stay_ordinal \(HandedOverDevice.joins)
                where \(of)
                """,
                LockedCase.read(of), answers(of), references(of), happened(of),
            ])
            guard let row = rows[0].first else { throw Refusal.unknownCase(code.description) }
            let found = try LockedCase(rows[2][0])
            let ticket = rows[4][0]
            return AfterSalesCard(
                row: try AfterSalesRow(row),
                device: try HandedOverDevice(rows[1][0]),
                isHere: found.isHere,
                coverage: found.coverage,
                acts: afterSalesActs(at: found.stage, isHere: found.isHere, found.coverage),
                answers: try rows[3].map { try AfterSalesCard.Answered($0) },
                replacement: try AfterSalesCard.Ticket(ticket, "replacement"),
                refund: try ticket["refund"],
                toRefundToo: try AfterSalesCard.Ticket(ticket, "original"),
                history: try rows[5].map { try AfterSalesCard.Happened($0) }
            )
        }
    }
}

private func answers(_ condition: SQL) -> SQL {
    """
    select q.text_fr, q.text_en, a.text_fr as answer_fr, a.text_en as answer_en, a.advice_fr, a.advice_en
    from after_sales_cases c join after_sales_answers w on w.case_id = c.id
    join diagnosis_questions q on q.tree_on = w.tree_on and q.question = w.question
    join diagnosis_answers a on a.tree_on = w.tree_on and a.question = w.question and a.answer = w.answer
    where \(condition) and w.ordinal = (select max(ordinal) from after_sales_answers z where z.case_id = c.id)
    order by w.position
    """
}

/// What replaces the machine, the refund, and what it replaces that is still to be refunded.
private func references(_ condition: SQL) -> SQL {
    func code(_ sale: SQL, _ till: SQL) -> SQL {
        """
        \(till).code || case \(sale).kind when 'gift' then '-G-' else '-V-' end
            || lpad(\(sale).number::text, greatest(6, length(\(sale).number::text)), '0')
        """
    }
    return """
        select \(code("n", "nt")) as replacement_receipt, nd.label as replacement_label,
               rt.code || '-R-' || lpad(r.number::text, greatest(6, length(r.number::text)), '0') as refund,
               \(code("o", "ot")) as original_receipt, od.label as original_label
        from after_sales_cases c
        left join after_sales_ends e on e.device_id = c.device_id and e.ordinal = c.ordinal
        left join sales n on n.id = e.sale_id left join tills nt on nt.id = n.till_id
        left join sale_lines nl on nl.sale_id = n.id left join devices nd on nd.id = nl.device_id
        left join refunds r on r.id = e.refund_id left join tills rt on rt.id = r.till_id
        join sale_lines l on l.device_id = c.device_id and l.stay_ordinal = c.stay_ordinal
        left join lateral (
            with recursive chain as (
                select l.replaces_sale_id as sale_id, l.replaces_position as position
                union all
                select p.replaces_sale_id, p.replaces_position from chain
                join sale_lines p on p.sale_id = chain.sale_id and p.position = chain.position)
            select chain.sale_id, chain.position from chain
            join sale_lines p on p.sale_id = chain.sale_id and p.position = chain.position
            where p.replaces_sale_id is null and e.kind = 'refunded' and not exists (
                select from refund_lines b where b.sale_id = p.sale_id and b.position = p.position)) first on true
        left join sales o on o.id = first.sale_id left join tills ot on ot.id = o.till_id
        left join sale_lines ol on ol.sale_id = first.sale_id and ol.position = first.position
        left join devices od on od.id = ol.device_id
        where \(condition)
        """
}

private func happened(_ condition: SQL) -> SQL {
    """
    select h.at, h.stage, u.operator, h.work, h.months, h.outcome from after_sales_cases c
    cross join lateral (
        select c.opened_at as at, 0 as place, 'announced' as stage, c.opened_by as who, '' as work, 0 as months,
               null as outcome
        union all
        select s.happened_at, s.ordinal, s.kind, s.recorded_by, s.work, s.months, (
            select a.outcome from after_sales_answers w
            join diagnosis_answers a on a.tree_on = w.tree_on and a.question = w.question and a.answer = w.answer
            where w.case_id = s.case_id and w.ordinal = s.ordinal order by w.position desc limit 1)
        from after_sales_steps s where s.case_id = c.id
        union all
        select e.ended_at, 2147483647, e.kind, e.ended_by, '', 0, null from after_sales_ends e
        where e.device_id = c.device_id and e.ordinal = c.ordinal) h
    join users u on u.id = h.who
    where \(condition) order by h.place
    """
}

extension AfterSalesCard.Answered {
    fileprivate init(_ row: Row) throws {
        self.init(
            french: try row["text_fr"],
            english: try row["text_en"],
            frenchAnswer: try row["answer_fr"],
            englishAnswer: try row["answer_en"],
            frenchAdvice: try row["advice_fr"],
            englishAdvice: try row["advice_en"]
        )
    }
}

extension AfterSalesCard.Ticket {
    fileprivate init?(_ row: Row, _ name: String) throws {
        guard let receipt: String = try row[name + "_receipt"],
            let label: String = try row[name + "_label"]
        else { return nil }
        self.init(receipt: receipt, label: label)
    }
}

extension AfterSalesCard.Happened {
    fileprivate init(_ row: Row) throws {
        self.init(
            at: try row["at"],
            stage: try row["stage"],
            operatorCode: try row["operator"],
            work: try row["work"],
            months: try row["months"],
            outcome: try row["outcome"]
        )
    }
}
