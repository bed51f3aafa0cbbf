import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { Collection } from "react-aria-components/Collection";
import { Dialog, DialogTrigger } from "react-aria-components/Dialog";
import { Popover } from "react-aria-components/Popover";
import { Tree, TreeItem, TreeItemContent } from "react-aria-components/Tree";
import { t } from "@/lib/i18n";
import { type UnitNode, unitTree } from "@/lib/reach/unit-tree";
import { Icon } from "./icon";

type Unit = { id: string; name: string; path: string };
type Props = { units: readonly Unit[]; value: string; onChange: (id: string) => void };

/** A unit and all below it, out of the reader's own part of the tree. */
export function UnitPicker({ units, value, onChange }: Props) {
  const [isOpen, setOpen] = useState(false);
  const roots = unitTree(units);
  const chosen = units.find((unit) => unit.id === value);
  return (
    <div className="field">
      <span className="react-aria-Label" id="unit-picker">
        {t("unit.label")}
      </span>
      <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
        <Button className="select-button" aria-labelledby="unit-picker unit-picked" aria-haspopup="dialog">
          <span className="select-text" id="unit-picked">
            {chosen?.name ?? t("unit.all")}
          </span>
          <Icon name="down" size={15} />
        </Button>
        <Popover className="popover" placement="bottom start">
          <Dialog aria-label={t("unit.label")} className="unit-dialog">
            <Tree
              aria-label={t("unit.label")}
              className="tree"
              selectionMode="single"
              selectionBehavior="replace"
              defaultExpandedKeys={roots.map((root) => root.id)}
              selectedKeys={value ? [value] : []}
              onAction={(key) => pick(String(key))}
              items={roots}
            >
              {(node) => renderNode(node)}
            </Tree>
            {value && (
              <button type="button" className="link-button unit-clear" onClick={() => pick("")}>
                {t("unit.clear")}
              </button>
            )}
          </Dialog>
        </Popover>
      </DialogTrigger>
    </div>
  );

  function pick(id: string) {
    onChange(id);
    setOpen(false);
  }
}

function renderNode(node: UnitNode) {
  return (
    <TreeItem id={node.id} textValue={node.name} className="tree-item">
      <TreeItemContent>
        {({ hasChildItems, isExpanded }) => (
          <span className="tree-line">
            {hasChildItems ? (
              <Button slot="chevron" className="tree-chevron">
                <Icon name={isExpanded ? "down" : "right"} size={14} />
              </Button>
            ) : (
              <span className="tree-chevron" />
            )}
            {node.name}
          </span>
        )}
      </TreeItemContent>
      <Collection items={node.below}>{(below: UnitNode) => renderNode(below)}</Collection>
    </TreeItem>
  );
}
