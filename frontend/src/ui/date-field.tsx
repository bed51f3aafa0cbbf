import { type CalendarDate, parseDate } from "@internationalized/date";
import { Button } from "react-aria-components/Button";
import {
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  CalendarHeading,
} from "react-aria-components/Calendar";
import { DateInput, DateSegment } from "react-aria-components/DateField";
import { DatePicker } from "react-aria-components/DatePicker";
import { Dialog } from "react-aria-components/Dialog";
import { Group } from "react-aria-components/Group";
import { Label } from "react-aria-components/Label";
import { Popover } from "react-aria-components/Popover";
import { FieldProblem } from "./field-problem";
import { Icon } from "./icon";

type Props = {
  name: string;
  label: string;
  value: string;
  onChange: (day: string) => void;
  earliest?: string;
  latest?: string;
  isRequired?: boolean;
  autoFocus?: boolean;
};

/** A day, typed or picked; '' is none. */
export function DateField({ name, label, value, onChange, earliest, latest, isRequired, autoFocus }: Props) {
  return (
    <DatePicker
      className="field"
      name={name}
      value={value ? parseDate(value) : null}
      onChange={(day: CalendarDate | null) => onChange(day ? day.toString() : "")}
      isRequired={isRequired ?? false}
      shouldForceLeadingZeros
      {...(earliest && { minValue: parseDate(earliest) })}
      {...(latest && { maxValue: parseDate(latest) })}
      {...(autoFocus && { autoFocus })}
    >
      <Label>{label}</Label>
      <Group className="group-input">
        <DateInput className="date-input">
          {(segment) => <DateSegment segment={segment} className="date-segment" />}
        </DateInput>
        <Button>
          <Icon name="calendar" size={16} />
        </Button>
      </Group>
      <FieldProblem />
      <Popover className="popover">
        <Dialog className="calendar-dialog">
          <Calendar className="calendar" firstDayOfWeek="mon">
            <header>
              <Button slot="previous" className="icon-button">
                <Icon name="left" />
              </Button>
              <CalendarHeading />
              <Button slot="next" className="icon-button">
                <Icon name="right" />
              </Button>
            </header>
            <CalendarGrid weekdayStyle="short">
              <CalendarGridHeader>{(weekday) => <CalendarHeaderCell>{weekday}</CalendarHeaderCell>}</CalendarGridHeader>
              <CalendarGridBody>{(date) => <CalendarCell date={date} className="calendar-cell" />}</CalendarGridBody>
            </CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </DatePicker>
  );
}
