import Postgres
import Shop

extension Store {
    /// Everything that a ticket writes but its journal entry: ticket, lines, payments, uses, exits, movements.
    func writes(_ sale: SaleRecord, _ priced: Priced, at now: Instant) -> [SQL] {
        var statements: [SQL] = []
        for (index, line) in sale.lines.enumerated() {
            statements += leave(sale, line, at: now)
            statements.append(insert(line, of: sale, position: index + 1))
            let allowed = priced.allowed.lines[index]
            if let right = allowed.right {
                statements.append(use(right, line, allowed, of: sale, position: index + 1))
                statements += line.overrides.map { override in
                    """
                    insert into override_uses (override_id, sale_id, position)
                    values (\(override), \(sale.id), \(index + 1))
                    """
                }
            }
        }
        for payment in sale.payments {
            statements.append(
                """
                insert into payments (sale_id, position, means, amount_cents, tendered_cents, change_cents)
                values (\(sale.id), \(payment.position), \(payment.means), \(payment.amount), \(payment.tendered),
                        \(payment.change))
                """
            )
        }
        // The entry is inserted before the ticket that refers to it, the ticket before its lines.
        return [insert(sale)] + statements
    }

    /// What the ticket of an exchange writes: no right is used and nothing is paid.
    func writes(exchange sale: SaleRecord, at now: Instant) -> [SQL] {
        [insert(sale)]
            + sale.lines.flatMap { line in
                leave(sale, line, at: now) + [insert(line, of: sale, position: line.position)]
            }
    }

    private func insert(_ sale: SaleRecord) -> SQL {
        """
        insert into sales (id, key, kind, till_id, shop_id, drawer_ordinal, chain_id, position, number, sold_at,
                           business_on, seller_id, operator, person_id, household_id, programme_id, total_cents,
                           value_cents, vat_cents, line_count, rules, software)
        values (\(sale.id), \(sale.key), \(sale.kind), \(sale.till), \(sale.shop), \(sale.drawer),
                \(sale.link.chain), \(sale.link.position), \(sale.link.number), \(sale.link.at),
                \(sale.businessOn), \(sale.seller), \(sale.operatorCode), \(sale.person), \(sale.household),
                \(sale.programme), \(sale.total), \(sale.value), \(sale.tax), \(sale.lines.count), \(sale.rules),
                \(sale.software))
        """
    }

    private func insert(_ line: SaleRecord.Line, of sale: SaleRecord, position: Int) -> SQL {
        """
        insert into sale_lines (sale_id, position, product_id, device_id, stay_ordinal, description, quantity,
                                unit_price_cents, value_cents, person_cents, programme_cents, vat_regime, vat_rate_bp,
                                vat_cents, volume_mb, valid_days, guarantee_ends_on, presumption_ends_on, right_id,
                                replaces_sale_id, replaces_position)
        values (\(sale.id), \(position), \(line.product), \(line.device), \(line.stay), \(line.description),
                \(line.quantity), \(line.unitPrice), \(line.value), \(line.personPays), \(line.programmePays),
                \(line.regime), \(line.rateBasisPoints), \(line.tax), \(line.volumeMB), \(line.validDays),
                \(line.guaranteeEndsOn), \(line.presumptionEndsOn), \(line.right),
                \(line.replacesSale), \(line.replacesPosition))
        """
    }

    /// How the thing leaves: a machine's stay ends in an exit, a counted product moves its level, a code leaves the vault. The keys
    /// of `exits` and `code_exits` and the check of `stock_levels` speak here.
    private func leave(_ sale: SaleRecord, _ line: SaleRecord.Line, at now: Instant) -> [SQL] {
        if let device = line.device, let stay = line.stay {
            return [
                """
                insert into exits (device_id, ordinal, kind, left_at, sale_id)
                values (\(device), \(stay), \(sale.kind), \(now), \(sale.id))
                """
            ]
        }
        return leave(line.codes, sale, line, at: now) + [
            """
            update stock_levels set free = free - \(line.quantity)
            where shop_id = \(sale.shop) and product_id = \(line.product)
            """,
            """
            insert into stock_movements (id, shop_id, product_id, units, kind, sale_id, moved_at, moved_by)
            values (\(newID(StockMovement.self)), \(sale.shop), \(line.product), \(-line.quantity), \(sale.kind),
                    \(sale.id), \(now), \(sale.seller))
            """,
        ]
    }

    private func leave(
        _ codes: [ID<RechargeCode>],
        _ sale: SaleRecord,
        _ line: SaleRecord.Line,
        at now: Instant
    ) -> [SQL] {
        guard !codes.isEmpty else { return [] }
        return [
            """
            insert into code_exits (code_id, ordinal, previous_ordinal, kind, sale_id, position, unit, left_at)
            select c.id, coalesce(p.ordinal, 0) + 1, p.ordinal, \(sale.kind), \(sale.id), \(line.position), c.unit, \(now)
            from unnest(\(codes)::uuid[]) with ordinality c (id, unit)
            cross join lateral (select max(ordinal) as ordinal from code_exits where code_id = c.id) p
            """
        ]
    }

    private func use(
        _ right: Right,
        _ line: SaleRecord.Line,
        _ allowed: Allowed.Line,
        of sale: SaleRecord,
        position: Int
    ) -> SQL {
        """
        insert into uses (sale_id, position, right_id, person_id, household_id, category, device_kind, origin, exit_kind,
                          shop_id, structure_id, units, cents, used_on)
        values (\(sale.id), \(position), \(right.id), \(sale.person), \(sale.household), \(right.category),
                \(allowed.goods.product.machine), \(right.kind), \(sale.kind), \(sale.shop),
                \(right.voucher?.structureID), \(line.quantity), \(line.value), \(sale.businessOn))
        """
    }
}
